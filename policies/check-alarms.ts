import { blocksOf, textsOf } from "./blocks";
import type { Finding, FinishedStack, Policy, Resource } from "./policy";
import { isRehearsal } from "./rehearsal";

/** What somebody must hear of when it fails, and by what. */
const WATCHED: readonly { readonly what: string; readonly types: RegExp; readonly by: readonly string[] }[] =
  [
    {
      what: "a server",
      types: /^google_compute_instance(?:_from_template|_from_machine_image)?$/,
      by: ["google_monitoring_uptime_check_config", "google_monitoring_alert_policy"],
    },
    {
      what: "a group of bridges",
      types: /^google_compute_(?:region_)?instance_group_manager$/,
      by: ["google_monitoring_alert_policy"],
    },
  ];

export const checkAlarms: Policy = {
  id: "alarms",
  rule: "Servers and groups of bridges have alarms, and every alarm reaches somebody.",
  reason: "The customer would be the first to notice.",
  fix: "Declare the alarms of the stack, switched on, with a notification channel; checks verify the certificate.",
  check: (stack) => [
    ...checkCoverage(stack),
    ...stack.resources.flatMap((on) => [
      ...checkDelivery(on),
      ...checkCertificate(on, hasTrialCertificate(stack)),
    ]),
  ],
};

const WHY = "the customer would be the first to notice";

function checkCoverage({ resources }: FinishedStack): Finding[] {
  const there = new Set(resources.map(({ type }) => type));
  return WATCHED.flatMap(({ what, types, by }) => {
    const on = resources.find(({ type }) => types.test(type));
    const missing = by.filter((type) => !there.has(type));
    if (!on || missing.length === 0) return [];
    return [
      { on, message: `${what} without ${missing.join(" and ")} in its stack; ${WHY}; declare its alarms` },
    ];
  });
}

function checkDelivery(on: Resource): Finding[] {
  const { type, attributes } = on;
  if (type === "google_monitoring_notification_channel" && (attributes["enabled"] ?? true) !== true) {
    return [
      { on, message: `the channel is switched off, so its alarms reach nobody; ${WHY}; leave enabled out` },
    ];
  }
  if (type === "google_monitoring_alert_policy") {
    return [
      ...((attributes["enabled"] ?? true) !== true
        ? [
            {
              on,
              message: `the alarm is switched off; ${WHY}; leave enabled out, and silence it in the console`,
            },
          ]
        : []),
      ...(textsOf(attributes, "notification_channels").length === 0
        ? [{ on, message: `the alarm reaches nobody; ${WHY}; set notification_channels` }]
        : []),
    ];
  }
  return [];
}

function checkCertificate(on: Resource, isTrial: boolean): Finding[] {
  if (on.type !== "google_monitoring_uptime_check_config") return [];
  return blocksOf(on.attributes, "http_check").flatMap((check) => {
    const keys = ["use_ssl", ...(isTrial ? [] : ["validate_ssl"])].filter((key) => check[key] !== true);
    if (keys.length === 0) return [];
    return [
      {
        on,
        message: `${keys.join(" and ")} ${keys.length > 1 ? "are" : "is"} not true; an expired certificate locks everybody out unnoticed; set it`,
      },
    ];
  });
}

/** Certificates of Let's Encrypt's staging and of rehearsals are trusted by nobody. */
const hasTrialCertificate = (stack: FinishedStack): boolean =>
  isRehearsal(stack) ||
  [...stack.files].some(
    ([path, text]) => path.endsWith("/web.env") && /^LETSENCRYPT_USE_STAGING=["']?1/m.test(text),
  );
