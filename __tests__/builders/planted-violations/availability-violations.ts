import type { PolicyId } from "../../../model/policy-ids";
import type { PlantedStack, Tree } from "./planted-stack";

const ALARM = { google_monitoring_alert_policy: { notification_channels: ["mail"] } };
const retention = (then: string): Tree => ({
  google_compute_resource_policy: {
    snapshot_schedule_policy: { retention_policy: { on_source_disk_delete: then } },
  },
});

/** What keeps calls and data alive: alarms, removal that waits, protection, snapshots. */
export const AVAILABILITY_VIOLATIONS = {
  alarms: [
    {
      broken: { google_monitoring_notification_channel: { enabled: false } },
      mended: { google_monitoring_notification_channel: {} },
      says: "the channel is switched off",
    },
    {
      broken: { google_compute_instance: {}, ...ALARM },
      mended: {
        google_compute_instance: {},
        google_monitoring_uptime_check_config: { http_check: { use_ssl: true, validate_ssl: true } },
        ...ALARM,
      },
      says: "a server without google_monitoring_uptime_check_config in its stack",
    },
    {
      broken: { google_compute_region_instance_group_manager: {} },
      mended: { google_compute_region_instance_group_manager: {}, ...ALARM },
      says: "a group of bridges without google_monitoring_alert_policy",
    },
    {
      broken: { google_monitoring_alert_policy: { notification_channels: [] } },
      mended: ALARM,
      says: "the alarm reaches nobody",
    },
    {
      broken: { google_monitoring_alert_policy: { notification_channels: ["mail"], enabled: false } },
      mended: ALARM,
      says: "the alarm is switched off",
    },
    {
      broken: { google_monitoring_uptime_check_config: { http_check: { use_ssl: true } } },
      mended: {
        google_monitoring_uptime_check_config: { http_check: { use_ssl: true, validate_ssl: true } },
      },
      says: "validate_ssl is not true; an expired certificate",
    },
    {
      broken: { google_monitoring_uptime_check_config: { http_check: [{ use_ssl: true }] } },
      mended: { google_monitoring_uptime_check_config: { http_check: [{ use_ssl: true }] } },
      files: { "files/server/etc/fleet/web.env": "LETSENCRYPT_USE_STAGING=0\n" },
      mendedFiles: { "files/server/etc/fleet/web.env": "LETSENCRYPT_USE_STAGING=1\n" },
      says: "validate_ssl is not true",
    },
  ],
  autoscaling: [
    {
      broken: { google_compute_region_autoscaler: { autoscaling_policy: { mode: "ON" } } },
      mended: { google_compute_region_autoscaler: { autoscaling_policy: { mode: "ONLY_SCALE_OUT" } } },
      says: 'mode is not "ONLY_SCALE_OUT"',
    },
  ],
  "linode-replacement": [
    {
      broken: {
        linode_instance: { metadata: [{ user_data: "" }], lifecycle: { ignore_changes: ["image"] } },
      },
      mended: { linode_instance: { metadata: [{ user_data: "" }], lifecycle: { ignore_changes: "all" } } },
      says: "lifecycle.ignore_changes lacks metadata",
    },
    {
      broken: { linode_instance: { image: "linode/ubuntu24.04" } },
      mended: { linode_instance: { image: "linode/ubuntu24.04", lifecycle: { ignore_changes: ["image"] } } },
      says: "lifecycle.ignore_changes lacks image",
    },
  ],
  "patient-health-checks": [
    {
      broken: { google_compute_instance_group_manager: { auto_healing_policies: { initial_delay_sec: 60 } } },
      mended: {
        google_compute_instance_group_manager: { auto_healing_policies: { initial_delay_sec: 600 } },
      },
      says: "initial_delay_sec is 60; the group would replace machines that still boot",
    },
    {
      broken: { google_compute_health_check: {} },
      mended: { google_compute_health_check: { check_interval_sec: 10, unhealthy_threshold: 6 } },
      says: "a bridge counts as dead after 10 s",
    },
  ],
  protection: [
    ...["google_compute_global_address", "google_compute_region_disk", "linode_volume"].map(
      (type): PlantedStack => ({
        broken: { [type]: { lifecycle: [{ create_before_destroy: true }] } },
        mended: { [type]: { lifecycle: [{ prevent_destroy: true }] } },
        says: "lifecycle.prevent_destroy is not set",
      }),
    ),
    {
      broken: { removed: [{ from: "google_compute_disk.data" }] },
      mended: { removed: [{ from: "google_compute_disk.data", lifecycle: { destroy: false } }] },
      says: "a removed block destroys google_compute_disk.data",
    },
    {
      broken: { google_project_service: { service: "compute.googleapis.com" } },
      mended: { google_project_service: { disable_on_destroy: false } },
      says: "disable_on_destroy is not false",
    },
    {
      broken: { google_compute_address: {} },
      mended: { google_compute_address: { lifecycle: { prevent_destroy: true } } },
      says: "lifecycle.prevent_destroy is not set",
    },
  ],
  snapshots: [
    {
      broken: { google_compute_region_disk: { name: "abc-data", count: 2 } },
      mended: {
        google_compute_region_disk: { name: "abc-data", count: 2 },
        google_compute_region_disk_resource_policy_attachment: {
          disk: "${google_compute_region_disk.x[count.index].name}",
        },
      },
      says: "no snapshot schedule is attached to the disk",
    },
    {
      broken: retention("APPLY_RETENTION_POLICY"),
      mended: retention("KEEP_AUTO_SNAPSHOTS"),
      says: "the snapshots go with the disk",
    },
    {
      broken: { google_compute_disk: { name: "abc-data" } },
      mended: {
        google_compute_disk: { name: "abc-data" },
        google_compute_disk_resource_policy_attachment: { disk: "${google_compute_disk.x.name}" },
      },
      says: "no snapshot schedule is attached to the disk",
    },
  ],
} satisfies Partial<Record<PolicyId, readonly PlantedStack[]>>;
