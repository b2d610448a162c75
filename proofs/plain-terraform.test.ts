import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { servePlugins } from "../sandbox/protocol/plugin-server";
import type { PluginServers } from "../sandbox/protocol/plugin-server";
import { offlineProviders } from "../sandbox/providers";
import { startRehearsal } from "../sandbox/rehearsal";
import { CloudStore } from "../sandbox/store/cloud-store";
import { terraformEnvironment } from "../sandbox/terraform-environment";
import { runProgram } from "../sandbox/workspace/run-program";

/** As cdktf has it: `tofu` instead of `terraform`. */
const PROGRAM = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";
const STACKS = "synthesized/stacks";

const root = mkdtempSync(join(tmpdir(), "fleet-plain-"));
const copies = join(root, "stacks");
let store: CloudStore;
let servers: PluginServers;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  store = new CloudStore(join(root, "clouds.json"));
  servers = await servePlugins(offlineProviders(store));
  environment = terraformEnvironment(root, servers.reattach);
  for (const stack of readdirSync(STACKS)) {
    mkdirSync(join(copies, stack), { recursive: true });
    cpSync(join(STACKS, stack), join(copies, stack), { recursive: true, filter: (path) => !OWN.test(path) });
    // The only difference: the state is beside the copy, not in a bucket.
    const backend = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };
    writeFileSync(join(copies, stack, "state_override.tf.json"), JSON.stringify(backend));
  }
});

afterAll(() => {
  servers.close();
  store.close();
  rmSync(root, { recursive: true, force: true });
});

/** What Terraform may have left in the output of whoever runs this. */
const OWN = /\/(?:\.terraform|\.terraform\.lock\.hcl|terraform\.tfstate[^/]*|[^/]*_override\.tf\.json)$/;

/** Runs the command as a person would, from the folder above the stacks. */
const terraform = (stack: string, ...args: readonly string[]) =>
  runProgram(PROGRAM, [`-chdir=stacks/${stack}`, ...args, "-no-color"], { cwd: root, env: environment });

/**
 * An order that each terragrunt.hcl allows and that is far from the usual one: every stack as early as its own file lets
 * it, so the pools of one account before the next account.
 */
async function terragruntOrder(): Promise<readonly string[]> {
  const order: string[] = [];
  const visit = async (stack: string): Promise<void> => {
    if (order.includes(stack)) return;
    const text = readFileSync(join(STACKS, stack, "terragrunt.hcl"), "utf8");
    const unit = (await parse("terragrunt.hcl", text)) as {
      readonly dependencies?: readonly { readonly paths: readonly string[] }[];
    };
    for (const path of unit.dependencies?.[0]?.paths ?? []) await visit(posix.join(stack, path));
    order.push(stack);
  };
  const stacks = readdirSync(STACKS).sort();
  const pools = stacks.filter((stack) => stack.startsWith("bridges-"));
  for (const stack of [...pools, ...stacks]) await visit(stack);
  return order;
}

describe("the synthesized output", () => {
  it("is initialized, valid and planned by plain Terraform, stack by stack", async () => {
    for (const stack of readdirSync(STACKS)) {
      const init = await terraform(stack, "init", "-input=false");
      expect({ stack, ...init }).toMatchObject({ stack, code: 0, stderr: "" });
      const validate = await terraform(stack, "validate");
      expect({ stack, ...validate }).toMatchObject({ stack, code: 0, stderr: "" });
      const plan = await terraform(stack, "plan", "-input=false");
      expect({ stack, ...plan }).toMatchObject({
        stack,
        code: 0,
        stdout: expect.stringMatching(/^Plan: [1-9]\d* to add, 0 to change, 0 to destroy\.$/m),
        stderr: "",
      });
      const more = readdirSync(join(copies, stack)).filter(
        (entry) => !readdirSync(join(STACKS, stack)).includes(entry),
      );
      expect({ stack, more: more.sort() }).toEqual({ stack, more: [".terraform", "state_override.tf.json"] });
    }
  });

  it("can be deployed in any order that terragrunt.hcl allows", async () => {
    const order = await terragruntOrder();
    expect(order.indexOf("bridges-acme-eu-burst")).toBeLessThan(order.indexOf("account-globex"));
    const rehearsal = await startRehearsal({
      synthesized: "synthesized",
      directory: join(root, "rehearsal"),
    });
    try {
      for (const stack of order) await rehearsal.apply(stack);
      for (const stack of order)
        expect({ stack, plan: await rehearsal.plan(stack) }).toEqual({ stack, plan: [] });
    } finally {
      await rehearsal.close();
    }
  });
});
