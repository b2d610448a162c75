import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import type { Construct } from "constructs";
import type { GcpPool } from "../../model/fleet";
import { bridgePoolName } from "../../model/names";
import { CLOSE_AFTER, CLOSE_SILENCE_AFTER, runbook } from "./alarm-notes";
import { STRESS_METRIC } from "./stress-metric";

export interface PoolAlarmsProps {
  readonly pool: GcpPool;
  /** Mail address of the operators. */
  readonly email: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Where people read docs/runbook.md. @default alarms name the file */
  readonly runbook?: string | undefined;
}

/**
 * What must be noticed of a pool even when the server that watches it is dead. Bridges on Linode write nothing here, so
 * nothing of this is about them.
 *
 *   stress of all bridges --> none at all --.
 *                                           +--> mail
 *   size of the group -----> at maximum ----'
 */
export function buildPoolAlarms(scope: Construct, props: PoolAlarmsProps): void {
  const { pool, email, labels } = props;
  const mail = new MonitoringNotificationChannel(scope, "operators-mail", {
    displayName: `Operators of pool ${pool.id}`,
    type: "email",
    labels: { email_address: email },
    userLabels: labels,
  });

  new MonitoringAlertPolicy(scope, "no-google-bridge", {
    displayName: `Pool ${pool.id} has no bridge that reports`,
    severity: "CRITICAL",
    combiner: "OR",
    conditions: [
      {
        displayName: "No machine of the pool has written its stress for five minutes",
        conditionAbsent: {
          filter: [
            'resource.type = "gce_instance"',
            `metric.type = "${STRESS_METRIC}"`,
            `metadata.user_labels."fleet-pool" = "${pool.id}"`,
          ].join(" AND "),
          // One series of all machines: one that was drained and removed leaves the others.
          aggregations: [
            { alignmentPeriod: "60s", perSeriesAligner: "ALIGN_MEAN", crossSeriesReducer: "REDUCE_COUNT" },
          ],
          duration: "300s",
        },
      },
    ],
    documentation: {
      content:
        `The Google bridges of pool ${pool.id} are gone or silent. If they are gone, its callers have neither sound nor picture, ` +
        `unless another pool takes them. Linode bridges do not count here. ${runbook(props.runbook, "no-google-bridge")}`,
    },
    notificationChannels: [mail.id],
    alertStrategy: { autoClose: CLOSE_SILENCE_AFTER },
    userLabels: labels,
  });

  // A pool of one size is always there.
  if (pool.size.min === pool.size.max) return;
  new MonitoringAlertPolicy(scope, "group-at-maximum", {
    displayName: `Pool ${pool.id} is at its maximum of ${pool.size.max}`,
    severity: "WARNING",
    combiner: "OR",
    conditions: [
      {
        displayName: "The group has had as many machines as it may for ten minutes",
        conditionThreshold: {
          filter: [
            'resource.type = "instance_group"',
            'metric.type = "compute.googleapis.com/instance_group/size"',
            `resource.labels.instance_group_name = "${bridgePoolName(pool)}"`,
          ].join(" AND "),
          aggregations: [
            { alignmentPeriod: "60s", perSeriesAligner: "ALIGN_MEAN", crossSeriesReducer: "REDUCE_SUM" },
          ],
          comparison: "COMPARISON_GT",
          thresholdValue: pool.size.max - 0.5,
          duration: "600s",
        },
      },
    ],
    documentation: {
      content:
        `Pool ${pool.id} grows no more. Calls work; more callers than these bridges carry would not. ` +
        runbook(props.runbook, "group-at-maximum"),
    },
    notificationChannels: [mail.id],
    alertStrategy: { autoClose: CLOSE_AFTER },
    userLabels: labels,
  });
}
