import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeRegionInstanceTemplate } from "@cdktf/provider-google/lib/compute-region-instance-template";
import { Id } from "@cdktf/provider-random/lib/id";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("names");

const FIX = "make it in model/names.ts from ids alone";

describe("checkNames", () => {
  it("accepts a name, and a reference to one", () => {
    expect(policyFindings((stack) => new ComputeNetwork(stack, "x", { name: "acme" }))).toEqual([]);
    expect(
      policyFindings(
        (stack) => new ComputeNetwork(stack, "x", { name: "${google_service_account.y.account_id}" }),
      ),
    ).toEqual([]);
  });

  it("refuses a name that the provider completes", () => {
    const findings = policyFindings(
      (stack) =>
        new ComputeRegionInstanceTemplate(stack, "x", {
          namePrefix: "jvb-",
          machineType: "n2-standard-4",
          disk: [],
          labels: { "fleet-account": "acme", "fleet-role": "bridge" },
        }),
    );
    expect(findings).toEqual([
      `stack/x: google_compute_region_instance_template.x: name_prefix leaves the name to the provider; ${FIX}`,
    ]);
  });

  it("refuses a name that is drawn anew", () => {
    const findings = policyFindings((stack) => {
      new Id(stack, "x", { byteLength: 2 });
      new ComputeNetwork(stack, "y", { name: "acme-${uuid()}" });
    });
    expect(findings).toEqual([
      `stack/x: random_id.x: a random resource names things anew in every account; ${FIX}`,
      `stack/y: google_compute_network.y: name "acme-\${uuid()}" differs from run to run; ${FIX}`,
    ]);
  });
});
