import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { buildServerAlarms } from "../../../modules/gcp/server-alarms";
import type { Customer } from "../../../model/fleet";
import { aCustomer } from "../../builders/fleet";
import { type Terraform, terraformOf } from "../../builders/terraform";

const RUNBOOK = readFileSync(join(__dirname, "../../../docs/runbook.md"), "utf8");

const alarms = (customer: Partial<Customer> = {}, rehearsal = false) =>
  terraformOf((stack) => {
    const server = new ComputeInstance(stack, "server", {
      name: "abc-server",
      machineType: "n2-standard-4",
      bootDisk: {},
      networkInterface: [{}],
    });
    buildServerAlarms(stack, {
      project: "p",
      customer: aCustomer(customer),
      rehearsal,
      server,
      operators: { email: "ops@acme.example" },
      labels: { owner: "acme" },
    });
  }).resource;

describe("buildServerAlarms", () => {
  it("watches the customer's host name from outside, certificate included", () => {
    expect(alarms().google_monitoring_uptime_check_config.uptime).toMatchObject({
      http_check: { path: "/", port: 443, use_ssl: true, validate_ssl: true },
      monitored_resource: { type: "uptime_url", labels: { host: "abc.meet.acme.example", project_id: "p" } },
    });
  });

  it("does not expect a trial certificate to be trusted", () => {
    for (const resource of [alarms({ acme: "staging" }), alarms({}, true)]) {
      const { uptime } = resource.google_monitoring_uptime_check_config;
      expect(uptime.http_check.validate_ssl).toBe(false);
    }
  });

  it("expects the customer's own certificate to be trusted", () => {
    const { uptime } = alarms({
      certificate: { secret: "abc-certificate" },
    }).google_monitoring_uptime_check_config;
    expect(uptime.http_check.validate_ssl).toBe(true);
  });

  it("makes the check of a new host name before the old one goes: an alert still reads it", () => {
    const { uptime } = alarms().google_monitoring_uptime_check_config;
    expect(uptime.lifecycle).toEqual({ create_before_destroy: true });
  });

  it("mails the operators when the site or the machine is away", () => {
    const { google_monitoring_alert_policy: policies, google_monitoring_notification_channel: channels } =
      alarms();
    expect(channels["operators-mail"]).toMatchObject({
      type: "email",
      labels: { email_address: "ops@acme.example" },
    });
    expect(Object.keys(policies)).toEqual(["grafana-unreachable", "host-down", "unreachable"]);
    for (const policy of Object.values(policies)) {
      expect(policy).toMatchObject({
        notification_channels: ["${google_monitoring_notification_channel.operators-mail.id}"],
      });
    }
  });

  it("watches who watches: Grafana answers without a login", () => {
    const { "grafana-uptime": check } = alarms().google_monitoring_uptime_check_config;
    expect(check.http_check).toMatchObject({ path: "/grafana/api/health", use_ssl: true });
    const [condition] = alarms().google_monitoring_alert_policy["grafana-unreachable"].conditions;
    expect(condition.condition_threshold).toMatchObject({
      duration: "600s",
      filter: expect.stringContaining("google_monitoring_uptime_check_config.grafana-uptime.uptime_check_id"),
    });
  });

  it("says where to read on, in a section that there is", () => {
    for (const [name, { documentation }] of Object.entries<Terraform>(
      alarms().google_monitoring_alert_policy,
    )) {
      expect(documentation.content).toMatch(new RegExp(`See docs/runbook.md, section ${name}\\.$`));
      expect(RUNBOOK).toContain(`\n### ${name}\n`);
    }
  });

  it("tells a dead machine by its silence, and finds this machine by its id", () => {
    const [condition] = alarms().google_monitoring_alert_policy["host-down"].conditions;
    expect(condition.condition_absent).toMatchObject({
      duration: "300s",
      filter: expect.stringContaining(
        'resource.labels.instance_id = "${google_compute_instance.server.instance_id}"',
      ),
    });
  });
});
