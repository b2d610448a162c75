import { textsOf } from "./blocks";
import type { Policy } from "./policy";

/** TCP forwarding of Identity-Aware Proxy: it asks who someone is before it forwards. */
const IAP_RANGE = "35.235.240.0/20";

export const checkRuleTargets: Policy = {
  id: "rule-targets",
  rule: "A firewall rule names the machines that it is for.",
  reason: "Without a target it opens every machine of the network, those of other customers too.",
  fix: "Set target_service_accounts to the account of the machine.",
  check: ({ resources }) =>
    resources
      .filter(({ type, attributes }) => {
        if (type !== "google_compute_firewall" || textsOf(attributes, "target_service_accounts").length > 0) {
          return false;
        }
        const ranges = textsOf(attributes, "source_ranges");
        return ranges.length === 0 || ranges.some((range) => range !== IAP_RANGE);
      })
      .map((on) => ({
        on,
        message:
          "the rule has no target service account; it would open every machine of the network, those of other " +
          "customers too; set target_service_accounts to the account of the machine that it is for",
      })),
};
