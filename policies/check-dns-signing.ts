import { blockOf } from "./blocks";
import type { Policy } from "./policy";

export const checkDnsSigning: Policy = {
  id: "dns-signing",
  rule: "Public zones are signed.",
  reason: "Whoever forges an answer leads callers to a server of their own, and gets a certificate for it.",
  fix: 'Set dnssec_config.state to "on".',
  check: ({ resources }) =>
    resources
      .filter(
        ({ type, attributes }) =>
          type === "google_dns_managed_zone" &&
          attributes["visibility"] !== "private" &&
          blockOf(attributes, "dnssec_config")["state"] !== "on",
      )
      .map((on) => ({
        on,
        message:
          "the zone is not signed; whoever forges an answer leads callers to a server of their own; " +
          'set dnssec_config.state to "on"',
      })),
};
