import { ComputeFirewall, type ComputeFirewallConfig } from "@cdktf/provider-google/lib/compute-firewall";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("rule-targets");

const findings = (rule: Partial<ComputeFirewallConfig>) =>
  policyFindings((stack) => {
    new ComputeFirewall(stack, "rule", {
      name: "rule",
      network: "net",
      allow: [{ protocol: "tcp", ports: ["22"] }],
      ...rule,
    });
  });

const REFUSED =
  "stack/rule: google_compute_firewall.rule: the rule has no target service account; it would open every machine of " +
  "the network, those of other customers too; set target_service_accounts to the account of the machine that it is for";

describe("checkRuleTargets", () => {
  it("accepts a rule for one machine", () => {
    expect(findings({ sourceRanges: ["203.0.113.0/24"], targetServiceAccounts: ["machine@p"] })).toEqual([]);
  });

  it("accepts Identity-Aware Proxy for the whole network", () => {
    expect(findings({ sourceRanges: ["35.235.240.0/20"] })).toEqual([]);
  });

  it.each<[string, Partial<ComputeFirewallConfig>]>([
    ["networks", { sourceRanges: ["203.0.113.0/24"] }],
    ["Identity-Aware Proxy and another network", { sourceRanges: ["35.235.240.0/20", "203.0.113.0/24"] }],
    ["a service account", { sourceServiceAccounts: ["other@p"] }],
    [
      "tags as a target, which anyone who edits a machine can set",
      { sourceRanges: ["203.0.113.0/24"], targetTags: ["x"] },
    ],
  ])("refuses %s without a target account", (_, rule) => {
    expect(findings(rule)).toEqual([REFUSED]);
  });
});
