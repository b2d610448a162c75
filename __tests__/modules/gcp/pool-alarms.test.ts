import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildPoolAlarms, type PoolAlarmsProps } from "../../../modules/gcp/pool-alarms";
import { aGcpPool } from "../../builders/fleet";
import { type Terraform, terraformOf } from "../../builders/terraform";

const RUNBOOK = readFileSync(join(__dirname, "../../../docs/runbook.md"), "utf8");

const resources = (props: Partial<PoolAlarmsProps> = {}) =>
  terraformOf((stack) =>
    buildPoolAlarms(stack, {
      pool: aGcpPool(),
      email: "ops@acme.example",
      labels: { owner: "acme" },
      ...props,
    }),
  ).resource;
const policies = (props: Partial<PoolAlarmsProps> = {}) => resources(props).google_monitoring_alert_policy;

describe("buildPoolAlarms", () => {
  it("misses the bridges when none reports, and none that was removed beside others", () => {
    const [{ condition_absent: absent }] = policies()["no-google-bridge"].conditions;
    expect(absent).toMatchObject({
      duration: "300s",
      aggregations: [{ alignment_period: "60s", cross_series_reducer: "REDUCE_COUNT" }],
    });
    expect(absent.aggregations[0]).not.toHaveProperty("group_by_fields");
    expect(absent.filter).toBe(
      'resource.type = "gce_instance" AND metric.type = "custom.googleapis.com/jitsi/jvb/stress_level_mean" AND ' +
        'metadata.user_labels."fleet-pool" = "eu-burst"',
    );
  });

  it("counts the group's own machines at its maximum", () => {
    const [{ condition_threshold: threshold }] = policies()["group-at-maximum"].conditions;
    expect(threshold).toMatchObject({ comparison: "COMPARISON_GT", threshold_value: 7.5, duration: "600s" });
    expect(threshold.filter).toContain('resource.labels.instance_group_name = "acme-eu-burst"');
  });

  it("asks nothing of the maximum of a pool that never grows", () => {
    expect(Object.keys(policies({ pool: aGcpPool({ size: { min: 3, max: 3 } }) }))).toEqual([
      "no-google-bridge",
    ]);
  });

  it("mails the operators, and says where to read on, in a section that there is", () => {
    expect(resources().google_monitoring_notification_channel["operators-mail"]).toMatchObject({
      type: "email",
      labels: { email_address: "ops@acme.example" },
    });
    const url = "https://git.acme.example/docs/runbook.md";
    for (const [name, policy] of Object.entries<Terraform>(policies({ runbook: url }))) {
      expect(policy.documentation.content).toContain(`](${url}#${name})`);
      expect(RUNBOOK).toContain(`\n### ${name}\n`);
      expect(policy.notification_channels).toEqual([
        "${google_monitoring_notification_channel.operators-mail.id}",
      ]);
    }
  });
});
