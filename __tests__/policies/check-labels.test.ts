import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { MonitoringMetricDescriptor } from "@cdktf/provider-google/lib/monitoring-metric-descriptor";
import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import { Instance } from "@cdktf/provider-linode/lib/instance";
import { PlacementGroup } from "@cdktf/provider-linode/lib/placement-group";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("labels");

const LABELS = { "fleet-account": "acme", "fleet-role": "server" };
const lacks = (address: string, argument: string, keys: string) =>
  `stack/x: ${address}: ${argument} lacks ${keys}; costs and alarms could not be told apart by account; ` +
  "give the resource the labels of its stack";

describe("checkLabels", () => {
  it("accepts our labels beside others", () => {
    const findings = policyFindings(
      (stack) => new ComputeAddress(stack, "x", { name: "x", labels: { owner: "acme", ...LABELS } }),
      { allowDestroys: true },
    );
    expect(findings).toEqual([]);
  });

  it("refuses what takes labels and has none", () => {
    const findings = policyFindings((stack) => new ComputeAddress(stack, "x", { name: "x" }), {
      allowDestroys: true,
    });
    expect(findings).toEqual([lacks("google_compute_address.x", "labels", "fleet-account and fleet-role")]);
  });

  it("takes neither network tags nor settings for labels", () => {
    const findings = policyFindings(
      (stack) => {
        new ComputeInstance(stack, "x", {
          name: "x",
          machineType: "n2-standard-4",
          bootDisk: {},
          networkInterface: [{}],
          tags: ["fleet-account", "fleet-role"],
        });
        new MonitoringNotificationChannel(stack, "y", { type: "email", labels: LABELS });
      },
      { allowDestroys: true },
    );
    expect(findings).toEqual([
      lacks("google_compute_instance.x", "labels", "fleet-account and fleet-role"),
      lacks(
        "google_monitoring_notification_channel.y",
        "user_labels",
        "fleet-account and fleet-role",
      ).replace("stack/x", "stack/y"),
    ]);
  });

  it("wants the same of Linode tags", () => {
    const findings = policyFindings(
      (stack) => new Instance(stack, "x", { region: "nl-ams", tags: ["fleet-account:acme", "fleet:role"] }),
    );
    expect(findings).toEqual([lacks("linode_instance.x", "tags", "fleet-role")]);
  });

  it("asks nothing of what takes no labels", () => {
    const findings = policyFindings((stack) => {
      new ComputeFirewall(stack, "x", { name: "x", network: "net", targetServiceAccounts: ["a@p"] });
      new PlacementGroup(stack, "y", {
        label: "y",
        region: "nl-ams",
        placementGroupType: "anti_affinity:local",
      });
      new MonitoringMetricDescriptor(stack, "z", {
        type: "custom.googleapis.com/z",
        displayName: "z",
        description: "z",
        metricKind: "GAUGE",
        valueType: "DOUBLE",
      });
    });
    expect(findings).toEqual([]);
  });
});
