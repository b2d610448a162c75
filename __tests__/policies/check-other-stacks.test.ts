import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { GcsBackend, TerraformStack } from "cdktf";
import { enforcePolicies } from "../../policies/enforce-policies";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("other-stacks");

const subnet = (stack: TerraformStack, network: string) =>
  new ComputeSubnetwork(stack, "subnet", { name: "subnet", network });

describe("checkOtherStacks", () => {
  it("accepts a name of another stack", () => {
    expect(policyFindings((stack) => subnet(stack, "projects/p/global/networks/acme"))).toEqual([]);
  });

  it("refuses a token of another stack", () => {
    const findings = policyFindings((stack) => {
      const other = new TerraformStack(stack.node.root, "other");
      new GcsBackend(other, { bucket: "bucket", prefix: "other" });
      subnet(stack, new ComputeNetwork(other, "network", { name: "acme" }).id);
    });
    expect(findings).toEqual([
      "stack: data.terraform_remote_state.cross-stack-reference-input-other reads the state of another stack; this one " +
        "could not be planned alone; cross by a name from model/names.ts instead",
    ]);
  });

  it("refuses it on the side that gives it away, too", () => {
    const findings = policyFindings((stack) => {
      const other = new TerraformStack(stack.node.root, "other");
      enforcePolicies(other, { files: new Map(), allowDestroys: false });
      subnet(other, new ComputeNetwork(stack, "network", { name: "acme" }).id);
      other.prepareStack();
    });
    expect(findings).toEqual([
      "stack: output.cross-stack-output-google_compute_networknetworkid hands a value to another stack; the two could " +
        "not be deployed apart; cross by a name from model/names.ts instead",
    ]);
  });
});
