import type { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import { MonitoringUptimeCheckConfig } from "@cdktf/provider-google/lib/monitoring-uptime-check-config";
import type { Construct } from "constructs";
import type { Account, Customer } from "../../model/fleet";
import { GRAFANA_PATH } from "../../model/telemetry";
import { CLOSE_AFTER, CLOSE_SILENCE_AFTER, runbook } from "./alarm-notes";

export interface ServerAlarmsProps {
  readonly project: string;
  readonly customer: Customer;
  /** Whether the account is a rehearsal, whose certificates nobody has to know. */
  readonly rehearsal: boolean;
  readonly server: ComputeInstance;
  /** Whom to mail, and where they read the runbook. */
  readonly operators: Pick<Account["operators"], "email" | "alerts">;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * What must be noticed even when the server is dead, so it is watched from outside.
 *
 *   uptime checks --> page, Grafana unreachable --.
 *                                                 +--> mail
 *   server ---------> host down ------------------'
 */
export function buildServerAlarms(scope: Construct, props: ServerAlarmsProps): void {
  const { project, customer, rehearsal, server, operators, labels } = props;
  const url = operators.alerts?.runbook;
  const mail = new MonitoringNotificationChannel(scope, "operators-mail", {
    displayName: `Operators of ${customer.id}`,
    type: "email",
    labels: { email_address: operators.email },
    userLabels: labels,
  });

  const uptimeOf = (id: string, displayName: string, path: string) =>
    new MonitoringUptimeCheckConfig(scope, id, {
      displayName,
      period: "60s",
      timeout: "10s",
      // Let's Encrypt's staging certificates are trusted by nobody.
      httpCheck: { path, port: 443, useSsl: true, validateSsl: customer.acme !== "staging" && !rehearsal },
      monitoredResource: { type: "uptime_url", labels: { host: customer.hostname, project_id: project } },
      userLabels: labels,
      // A new host name makes a new check, and an alert still reads the old one.
      lifecycle: { createBeforeDestroy: true },
    });
  const uptime = uptimeOf("uptime", customer.hostname, "/");
  // Who watches is watched: it answers without a login, and 200 only when its database does, too.
  const grafana = uptimeOf(
    "grafana-uptime",
    `${customer.hostname}${GRAFANA_PATH}`,
    `${GRAFANA_PATH}/api/health`,
  );

  new MonitoringAlertPolicy(scope, "unreachable", {
    displayName: `${customer.hostname} is unreachable`,
    severity: "CRITICAL",
    combiner: "OR",
    conditions: [
      {
        displayName: "More than one place in the world gets no answer",
        conditionThreshold: noAnswer(uptime, "120s"),
      },
    ],
    documentation: {
      content:
        `Nobody can open https://${customer.hostname}/. Calls that run go on as long as nobody joins. ` +
        "Look at the server's web container first, then at the DNS record and the certificate. " +
        runbook(url, "unreachable"),
    },
    notificationChannels: [mail.id],
    alertStrategy: { autoClose: CLOSE_AFTER },
    userLabels: labels,
  });

  new MonitoringAlertPolicy(scope, "grafana-unreachable", {
    displayName: `Grafana of ${customer.id} is unreachable`,
    severity: "WARNING",
    combiner: "OR",
    conditions: [
      {
        displayName: "More than one place in the world gets no answer for ten minutes",
        conditionThreshold: noAnswer(grafana, "600s"),
      },
    ],
    documentation: {
      content:
        "Calls do not need it, but alerts may not be evaluated: nobody would hear of what Google does not see. " +
        runbook(url, "grafana-unreachable"),
    },
    notificationChannels: [mail.id],
    alertStrategy: { autoClose: CLOSE_AFTER },
    userLabels: labels,
  });

  new MonitoringAlertPolicy(scope, "host-down", {
    displayName: `The server of ${customer.id} is down`,
    severity: "CRITICAL",
    combiner: "OR",
    conditions: [
      {
        displayName: "The machine has reported no uptime for five minutes",
        conditionAbsent: {
          filter: [
            'resource.type = "gce_instance"',
            'metric.type = "compute.googleapis.com/instance/uptime"',
            `resource.labels.instance_id = "${server.instanceId}"`,
          ].join(" AND "),
          aggregations: [{ alignmentPeriod: "60s", perSeriesAligner: "ALIGN_RATE" }],
          duration: "300s",
        },
      },
    ],
    documentation: {
      content:
        `The machine ${server.name} does not run. Calls have lost their signalling: nobody joins or comes back, and all of them end sooner or later. ` +
        "Look at the machine in the console: stopped, crashed, or its zone is in trouble. " +
        runbook(url, "host-down"),
    },
    notificationChannels: [mail.id],
    alertStrategy: { autoClose: CLOSE_SILENCE_AFTER },
    userLabels: labels,
  });
}

/** More than one place gets no answer, for so long. */
const noAnswer = (check: MonitoringUptimeCheckConfig, duration: string) => ({
  filter: [
    'resource.type = "uptime_url"',
    'metric.type = "monitoring.googleapis.com/uptime_check/check_passed"',
    `metric.labels.check_id = "${check.uptimeCheckId}"`,
  ].join(" AND "),
  aggregations: [
    {
      alignmentPeriod: "120s",
      perSeriesAligner: "ALIGN_NEXT_OLDER",
      crossSeriesReducer: "REDUCE_COUNT_FALSE",
      groupByFields: ["resource.labels.host"],
    },
  ],
  comparison: "COMPARISON_GT",
  thresholdValue: 1,
  duration,
});
