import { MonitoringMetricDescriptor } from "@cdktf/provider-google/lib/monitoring-metric-descriptor";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

/**
 * Where each Google bridge writes its stress level, one series per machine. It has no labels of its own: the
 * autoscaler adds up the series of one machine.
 */
export const STRESS_METRIC = "custom.googleapis.com/jitsi/jvb/stress_level_mean";

/** Declares the metric before the first bridge writes it: autoscalers are created with its name. */
export function buildStressMetric(scope: Construct, dependsOn: ITerraformDependable[]): void {
  new MonitoringMetricDescriptor(scope, "stress-metric", {
    type: STRESS_METRIC,
    metricKind: "GAUGE",
    valueType: "DOUBLE",
    displayName: "Jitsi bridge stress level",
    description: "Mean stress level of one bridge as it reports it: 0 is idle; from 0.8 on Jicofo avoids it.",
    dependsOn,
  });
}
