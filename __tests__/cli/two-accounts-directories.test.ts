import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckResult } from "../../cli/commands/check";
import { main } from "../../cli/main";
import { fleetStacks } from "../../rollout/fleet-stacks";
import { loadFleet } from "../../config/load-fleet";
import { FleetCommand } from "../builders/fleet-command";

const REFUSAL = /synthesized\/ is of accounts\/, and trial\/ cannot share it/;

describe("two accounts directories beside each other", () => {
  const fleet = new FleetCommand();
  afterAll(fleet.close);
  const trial = join(fleet.folder, "trial");

  beforeAll(() => {
    fleet.write();
    cpSync(fleet.accounts, trial, { recursive: true });
    const stack = join(fleet.folder, "synthesized/stacks/customer-old");
    mkdirSync(stack, { recursive: true });
    // What runs for accounts/, and trial/ does not ask for.
    const written = {
      "//": { source: "accounts/acme/customers/old.yaml" },
      resource: { google_compute_disk: { data: {} } },
    };
    writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify(written));
  });

  async function run(...args: readonly string[]) {
    let [out, err] = ["", ""];
    const code = await main([...args, "--accounts", trial], {
      out: (text) => (out += text),
      err: (text) => (err += text),
    });
    return { code, said: out + err };
  }

  it.each([
    ["deploy", ["deploy", "abc"]],
    ["destroy", ["destroy", "bridges-acme-eu-burst", "--cut-calls"]],
    ["review", ["review", "--base-dir", fleet.folder]],
    ["policy", ["policy"]],
  ])("refuses with one sentence: fleet %s", async (_, args) => {
    const { code, said } = await run(...args);
    expect({ code, lines: said.trim().split("\n").length }).toEqual({ code: 1, lines: 1 });
    expect(said).toMatch(REFUSAL);
  });

  it("checks the second one by itself, and says that it cannot be synthesized there", async () => {
    const { code, said } = await run("check", "--json");
    const { problems } = JSON.parse(said) as CheckResult;
    expect({ code, problems }).toEqual({
      code: 0,
      problems: [
        {
          ...{ file: "synthesized/manifest.json", line: 1, column: 1, field: "" },
          ...{ message: expect.stringMatching(REFUSAL) as unknown, severity: "warning" },
        },
      ],
    });
    // And of the first one what synthesis says.
    expect((await fleet.run(["check"])).err).toContain(
      "customer-old under retired: in accounts/acme/account.yaml",
    );
  });

  it("has sources that say which directory they are of", () => {
    const loaded = loadFleet(trial);
    if (!loaded.ok) throw new Error("the fixture has problems");
    expect(fleetStacks(loaded.fleet).get("customer-abc")!.source).toBe("trial/acme/customers/abc.yaml");
  });
});
