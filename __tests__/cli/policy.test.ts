import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyReport } from "../../cli/policy/policy-report";
import { FleetCommand } from "../builders/fleet-command";

const ROOT = join(__dirname, "..", "..");
const ACCOUNT = "accounts/acme/account.yaml";
const DISK = "customer-abc/google_compute_disk.data";
const day = (fromNow: number): string =>
  new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);
const waiver = (changes: Readonly<Record<string, string>> = {}): string => {
  const said = {
    rule: "snapshots",
    on: DISK,
    reason: "copied by hand until it goes",
    owner: "ops@acme.example",
    until: `"${day(100)}"`,
    ...changes,
  };
  const lines = Object.entries(said).map(([key, value]) => `    ${key}: ${value}\n`);
  return `waivers:\n  -${lines.join("").slice(3)}`;
};

describe("fleet policy", () => {
  const fleet = new FleetCommand();
  afterAll(fleet.close);

  /** The committed accounts and what is synthesized of them. */
  beforeEach(() => {
    for (const folder of ["accounts", "synthesized"]) {
      rmSync(join(fleet.folder, folder), { recursive: true, force: true });
      cpSync(join(ROOT, folder), join(fleet.folder, folder), { recursive: true });
    }
  });

  /** Takes the snapshot schedule off the disk of abc. */
  const plant = (): void => {
    const path = join(fleet.folder, "synthesized/stacks/customer-abc/cdk.tf.json");
    const stack = JSON.parse(readFileSync(path, "utf8")) as { resource: Record<string, unknown> };
    delete stack.resource["google_compute_disk_resource_policy_attachment"];
    writeFileSync(path, JSON.stringify(stack));
  };
  const waive = (text: string): void =>
    writeFileSync(join(fleet.folder, ACCOUNT), `${fleet.read(ACCOUNT)}\n${text}`);
  const report = async (): Promise<PolicyReport> =>
    JSON.parse((await fleet.run(["policy", "--json"])).out) as PolicyReport;

  it("finds nothing in the committed output", async () => {
    const { code, out, err } = await fleet.run(["policy"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^\d+ policies, \d+ stacks, no findings\n$/);
  });

  it("finds what is planted, and says how a waiver would call it", async () => {
    plant();
    const { code, out, err } = await fleet.run(["policy"]);
    expect({ code, err }).toEqual({
      code: 1,
      err:
        `${DISK}  snapshots: no snapshot schedule is attached to the disk; a lost disk would be lost for good; ` +
        "attach one\n",
    });
    expect(out).toMatch(/ 1 finding\n$/);
  });

  it("lets it be while a waiver holds, and shows whose it is", async () => {
    plant();
    waive(waiver());
    const { code, out, err } = await fleet.run(["policy"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(
      `${DISK}  snapshots: waived until ${day(100)} by ops@acme.example: copied by hand until it goes\n`,
    );
    expect(out).toMatch(/no findings, 1 waived\n$/);
    expect((await report()).findings).toMatchObject([
      { rule: "snapshots", on: DISK, waiver: { until: day(100) } },
    ]);
  });

  it("calls a file by its path, and a waiver of one reaches no other", async () => {
    const files = ["jicofo.env", "prosody.env"].map((name) => `files/server/etc/fleet/${name}`);
    for (const file of files) {
      const path = join(fleet.folder, "synthesized/stacks/customer-abc", file);
      writeFileSync(path, `${readFileSync(path, "utf8")}PHONE_TOKEN=none\n`);
    }
    waive(waiver({ rule: "secrets", on: `customer-abc/${files[0]!}` }));
    const { ok, findings } = await report();
    expect(ok).toBe(false);
    expect(findings).toMatchObject(
      files.map((file, index) => ({
        rule: "secrets",
        file,
        on: `customer-abc/${file}`,
        message: expect.stringMatching(/^PHONE_TOKEN holds a secret/),
        waiver: index === 0 ? { until: day(100) } : null,
      })),
    );
  });

  it("fails once it has ended, at its line, and the finding is back", async () => {
    plant();
    waive(waiver({ until: "2026-01-31" }));
    const { code, err } = await fleet.run(["policy"]);
    expect(code).toBe(1);
    expect(err).toContain(`${DISK}  snapshots: no snapshot schedule`);
    expect(err).toMatch(
      /^accounts\/acme\/account\.yaml:\d+:12 {2}waivers\[?\.?0\]?\.until: the waiver of snapshots on .* ended on 2026-01-31; /m,
    );
    const check = await fleet.run(["check"]);
    expect(check.code).toBe(1);
    expect(check.err).toContain("ended on 2026-01-31; allowed: today");
  });

  it("warns before it ends", async () => {
    plant();
    waive(waiver({ until: `"${day(3)}"` }));
    const { code, err } = await fleet.run(["policy"]);
    expect(code).toBe(0);
    expect(err).toMatch(/warning: .* ends in 3 days; tell ops@acme\.example/);
  });

  it("refuses one that is about nothing, and one of another account", async () => {
    waive(waiver());
    const { code, err } = await fleet.run(["policy"]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^accounts\/acme\/account\.yaml:\d+:9 {2}waivers\S*on: .* is about nothing; .* remove it/m,
    );
    plant();
    rmSync(join(fleet.folder, "accounts"), { recursive: true });
    cpSync(join(ROOT, "accounts"), join(fleet.folder, "accounts"), { recursive: true });
    const other = "accounts/globex/account.yaml";
    writeFileSync(join(fleet.folder, other), `${fleet.read(other)}\n${waiver()}`);
    const { ok, findings, waivers } = await report();
    expect({ ok, found: findings.map((each) => each.waiver), state: waivers[0]!.state }).toEqual({
      ok: false,
      found: [null],
      state: "unused",
    });
  });

  it("says which stacks are not synthesized", async () => {
    rmSync(join(fleet.folder, "synthesized"), { recursive: true });
    mkdirSync(join(fleet.folder, "synthesized"));
    expect(await fleet.run(["policy"])).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^Not in synthesized\/: account-acme, .*Run npm run synth, then this again\.\n$/,
      ),
    });
  });

  it("lists the policies with reason and fix", async () => {
    const { code, out } = await fleet.run(["policy", "--list"]);
    expect(code).toBe(0);
    expect(out).toContain("dns-signing\n  Public zones are signed.\n  Why: Whoever forges");
  });
});
