import { Instance } from "@cdktf/provider-linode/lib/instance";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("linode-replacement");

const machine = (ignoreChanges: string[] | "all") =>
  policyFindings(
    (stack) =>
      new Instance(stack, "x", {
        region: "nl-ams",
        image: "linode/ubuntu24.04",
        metadata: [{ userData: "AAAA" }],
        tags: ["fleet-account:acme", "fleet-role:bridge"],
        lifecycle: { ignoreChanges },
      }),
  );

describe("checkLinodeReplacement", () => {
  it("accepts a machine that no edit replaces", () => {
    expect(machine(["image", "metadata"])).toEqual([]);
  });

  it("refuses one that new user data would replace", () => {
    expect(machine(["image"])).toEqual([
      "stack/x: linode_instance.x: lifecycle.ignore_changes lacks metadata; an edit would replace the machine, and its " +
        "calls would end; add it, and rebuild by generation",
    ]);
  });

  it("asks nothing about arguments that are not there", () => {
    const findings = policyFindings(
      (stack) => new Instance(stack, "x", { region: "nl-ams", tags: ["fleet-account:a", "fleet-role:b"] }),
    );
    expect(findings).toEqual([]);
  });
});
