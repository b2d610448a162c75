import { asBlocks, isUnknown } from "../../protocol/value";
import { matches } from "../../engine/value-rules";
import { lastSegment } from "../settings";
import { fingerprint } from "../serial-number";
import { choose } from "./instance";
import type { ResourceModel } from "../../engine/resource-model";
import type { Diagnostic } from "../../protocol/diagnostic";
import type { GoogleSettings } from "../settings";

type Model = ResourceModel<GoogleSettings>;

const SECONDS = /^[0-9]+(?:\.[0-9]+)?s$/;

/** Regions from which a check must come at least, when they are named (Cloud Monitoring). */
const LEAST_REGIONS = 3;

/** Alerts, checks and metrics. */
export const monitoringModels: Readonly<Record<string, Model>> = {
  google_monitoring_alert_policy: {
    references: [{ path: "notification_channels", type: "google_monitoring_notification_channel" }],
    rules: ["condition_threshold", "condition_absent"].map((kind) =>
      matches(`conditions.${kind}.duration`, SECONDS),
    ),
    validate(config) {
      return asBlocks(config["conditions"]).flatMap((condition, index): Diagnostic[] => {
        const kinds = Object.keys(condition).filter((name) => name.startsWith("condition_"));
        const given = kinds.filter(
          (name) => isUnknown(condition[name]) || asBlocks(condition[name]).length > 0,
        );
        if (given.length === 1) return [];
        const summary = `a condition needs exactly one of ${kinds.join(", ")}, got ${given.join(", ") || "none"}`;
        return [{ summary, path: ["conditions", index] }];
      });
    },
    chosen: (_object, { now }) => ({ creation_record: [{ mutate_time: now, mutated_by: "rehearsal" }] }),
    settle(object) {
      asBlocks(object["conditions"]).forEach((condition, index) =>
        choose(condition, { name: `${String(object["id"])}/conditions/${index + 1}` }),
      );
    },
  },
  google_monitoring_notification_channel: {
    clientOnly: ["force_delete", "sensitive_labels"],
    validate(config) {
      const labels = config["labels"] ?? null;
      if (config["type"] !== "email" || isUnknown(labels)) return [];
      const hasAddress = typeof labels === "object" && labels !== null && "email_address" in labels;
      return hasAddress
        ? []
        : [{ summary: 'labels must have "email_address" for a channel of type email', path: ["labels"] }];
    },
  },
  google_monitoring_uptime_check_config: {
    rules: [
      matches("timeout", SECONDS),
      {
        path: "period",
        check: (value, name) =>
          ["60s", "300s", "600s", "900s"].includes(String(value))
            ? undefined
            : `expected ${name} to be one of ["60s" "300s" "600s" "900s"], got ${String(value)}`,
      },
      {
        path: "selected_regions",
        check: (value, name) =>
          !Array.isArray(value) || value.length === 0 || value.length >= LEAST_REGIONS
            ? undefined
            : `${name} must name at least ${LEAST_REGIONS} regions, or none for all, got ${value.length}`,
      },
    ],
    identify(object) {
      const slug = String(object["display_name"])
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-");
      return `projects/${String(object["project"])}/uptimeCheckConfigs/${slug}-${ending(object["display_name"])}`;
    },
    chosen: (object) => ({
      checker_type: "STATIC_IP_CHECKERS",
      uptime_check_id: lastSegment(String(object["id"])),
    }),
    settle(object) {
      for (const check of asBlocks(object["http_check"]))
        choose(check, { headers: {}, port: check["use_ssl"] === true ? 443 : 80 });
    },
  },
  google_monitoring_metric_descriptor: {
    identify: (object) => `projects/${String(object["project"])}/metricDescriptors/${String(object["type"])}`,
  },
};

const ending = (source: unknown): string => fingerprint(source).replace(/[^A-Za-z0-9]/g, "0");
