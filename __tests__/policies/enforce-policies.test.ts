import { existsSync } from "node:fs";
import { join } from "node:path";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { GcsBackend, TerraformStack, Testing } from "cdktf";
import { enforcePolicies } from "../../policies/enforce-policies";

const app = (name: string) => {
  const testing = Testing.app();
  const stack = new TerraformStack(testing, "stack");
  new GcsBackend(stack, { bucket: "b", prefix: "stack" });
  new GoogleProvider(stack, "google", { project: "p" });
  enforcePolicies(stack, { files: new Map(), allowDestroys: false });
  new ComputeNetwork(stack, "network", { name });
  return testing;
};

describe("enforcePolicies", () => {
  it("lets a stack without findings be written", () => {
    const testing = app("acme");
    testing.synth();
    expect(existsSync(join(testing.outdir, "stacks/stack/cdk.tf.json"))).toBe(true);
  });

  it("stops the synth of a stack with a finding, and names the construct", () => {
    const testing = app("acme-${uuid()}");
    expect(() => testing.synth()).toThrow(
      '[stack/network] google_compute_network.network: name "acme-${uuid()}" differs from run to run; ' +
        "make it in model/names.ts from ids alone",
    );
    expect(existsSync(join(testing.outdir, "stacks/stack/cdk.tf.json"))).toBe(false);
  });
});
