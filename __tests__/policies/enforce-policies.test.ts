import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { GcsBackend, TerraformStack, Testing } from "cdktf";
import type { Waiver } from "../../model/schema/waiver";
import { enforcePolicies } from "../../policies/enforce-policies";

const WAIVER: Waiver = {
  rule: "names",
  on: "stack/google_compute_network.network",
  reason: "imported under this name",
  owner: "ops@acme.example",
  until: "2001-01-01", // synthesis has no clock
};

const app = (name: string, waivers: readonly Waiver[] = []) => {
  const testing = Testing.app();
  const stack = new TerraformStack(testing, "stack");
  new GcsBackend(stack, { bucket: "b", prefix: "stack" });
  new GoogleProvider(stack, "google", { project: "p" });
  enforcePolicies(stack, { files: new Map(), allowDestroys: false, waivers });
  new ComputeNetwork(stack, "network", { name, autoCreateSubnetworks: false });
  return testing;
};

describe("enforcePolicies", () => {
  it("lets a stack without findings be written", () => {
    const testing = app("acme");
    testing.synth();
    expect(existsSync(join(testing.outdir, "stacks/stack/cdk.tf.json"))).toBe(true);
  });

  it("stops the synth of a stack with a finding, and names the construct and the policy", () => {
    const testing = app("acme-${uuid()}");
    expect(() => testing.synth()).toThrow(
      '[stack/network] google_compute_network.network: name "acme-${uuid()}" differs from run to run; ' +
        "make it in model/names.ts from ids alone [names]",
    );
    expect(existsSync(join(testing.outdir, "stacks/stack/cdk.tf.json"))).toBe(false);
  });

  it("writes a stack whose finding is waived, whatever the day, and notes it where reviewers see it", () => {
    const testing = app("acme-${uuid()}", [WAIVER]);
    testing.synth();
    const manifest = readFileSync(join(testing.outdir, "manifest.json"), "utf8");
    expect(manifest).toContain(
      "(names is waived until 2001-01-01 by ops@acme.example: imported under this name)",
    );
  });

  it.each([{ rule: "labels" }, { on: "stack" }] as const)(
    "is not misled by a waiver of something else: %p",
    (change) => expect(() => app("acme-${uuid()}", [{ ...WAIVER, ...change }]).synth()).toThrow("[names]"),
  );
});
