import { CUSTOMER_SECRETS } from "../../model/names";

export const each = (numbers: readonly number[], line: (number: number) => string): string[] =>
  numbers.map(line);

/** Instances of a resource that a stack has for each secret, in Terraform's order. */
export const ofSecrets = (change: string, address: string, secrets: readonly string[], why = ""): string[] =>
  secrets.map((secret) => `${change} google_${address}["${secret}"]${why}`);

/** The passwords that pools write measurements with, at customer abc. */
export const ofPools = (...pools: readonly string[]): string[] =>
  pools.flatMap((pool) => [`telemetry_acme_${pool}`, `telemetry_acme_${pool}_even`]);

/** All that is kept for passwords, of the customer (`""`) or of pools (`telemetry-`). */
export const storage = (change: string, prefix: "" | "telemetry-", secrets: readonly string[]): string[] => [
  ...ofSecrets(change, `secret_manager_secret.${prefix}secrets`, secrets),
  ...ofSecrets(change, `secret_manager_secret_iam_member.${prefix}secret-readers`, secrets),
  ...ofSecrets(change, `secret_manager_secret_version.${prefix}secret-versions`, secrets),
];

/** Everything in the stack of customer abc, whose pools are eu-burst and nl-static. */
export const customerStack = (change: string): string[] => [
  ...[
    "google_compute_address.address",
    "google_compute_disk.data",
    "google_compute_disk_resource_policy_attachment.data-snapshots-on-disk",
    "google_compute_firewall.web",
    "google_compute_instance.server",
    "google_compute_resource_policy.data-snapshots",
    "google_dns_record_set.address-record",
    "google_monitoring_alert_policy.grafana-unreachable",
    "google_monitoring_alert_policy.host-down",
    "google_monitoring_alert_policy.unreachable",
    "google_monitoring_notification_channel.operators-mail",
    "google_monitoring_uptime_check_config.grafana-uptime",
    "google_monitoring_uptime_check_config.uptime",
    "google_project_iam_member.keeper",
    "google_project_iam_member.log-writer",
    "google_project_iam_member.metric-writer",
  ].map((address) => `${change} ${address}`),
  ...[
    ...storage(change, "", CUSTOMER_SECRETS),
    ...storage(change, "telemetry-", ofPools("eu-burst", "nl-static")),
  ].sort(),
  `${change} google_service_account.identity`,
  `${change} google_service_account_iam_member.operators["group:ops@acme.example"]`,
  `${change} google_storage_bucket_iam_member.keeper-program-reader`,
  `${change} google_storage_bucket_iam_member.keeper-store["acme-eu-burst"]`,
];

/** What carries the labels of a customer; all of it is changed in place. */
export const LABELLED_IN_CUSTOMER = [
  "~ google_compute_address.address",
  "~ google_compute_disk.data",
  "~ google_compute_instance.server",
  "~ google_compute_resource_policy.data-snapshots",
  "~ google_monitoring_alert_policy.grafana-unreachable",
  "~ google_monitoring_alert_policy.host-down",
  "~ google_monitoring_alert_policy.unreachable",
  "~ google_monitoring_notification_channel.operators-mail",
  "~ google_monitoring_uptime_check_config.grafana-uptime",
  "~ google_monitoring_uptime_check_config.uptime",
  ...ofSecrets("~", "secret_manager_secret.secrets", CUSTOMER_SECRETS),
  ...ofSecrets("~", "secret_manager_secret.telemetry-secrets", ofPools("eu-burst", "nl-static")),
];

export const LABELLED_IN_STATIC = [
  "~ linode_firewall.firewall",
  ...each([1, 2, 3], (number) => `~ linode_instance.bridge-${number}`),
];

export const newTemplate = (...arguments_: readonly string[]): string[] => [
  "~ google_compute_region_instance_group_manager.group",
  `+/- google_compute_region_instance_template.template (${arguments_.join(", ")})`,
];

export const NEW_LABELS_OF_BURST = [
  ...newTemplate("disk.0.labels", "effective_labels", "name"),
  "~ google_monitoring_alert_policy.group-at-maximum",
  "~ google_monitoring_alert_policy.no-google-bridge",
  "~ google_monitoring_notification_channel.operators-mail",
];

/** The files of the server that its Grafana shows and watches pools with; nothing else starts anew. */
export const SHOWN_BY_GRAFANA = ["~ google_compute_instance.server"];

/** The file of the server that its keeper reads; nothing else starts anew. */
export const KNOWN_TO_KEEPER = ["~ google_compute_instance.server"];

/** What the account has for keepers, when the last one ends. */
export const NO_KEEPER_IN_ACCOUNT = [
  "- google_project_iam_custom_role.keeper-role",
  "~ google_storage_bucket.artifacts",
  '- google_storage_bucket_iam_member.keeper-operators["group:ops@acme.example"]',
  "- google_storage_bucket_object.keeper-program",
];

/** Everything in the stack of pool eu-burst. */
export const BURST_STACK = [
  "google_compute_firewall.brewery-abc",
  "google_compute_firewall.control",
  "google_compute_firewall.health-probes",
  "google_compute_firewall.media",
  "google_compute_health_check.health",
  "google_compute_region_autoscaler.autoscaler",
  "google_compute_region_instance_group_manager.group",
  "google_compute_region_instance_template.template",
  "google_monitoring_alert_policy.group-at-maximum",
  "google_monitoring_alert_policy.no-google-bridge",
  "google_monitoring_notification_channel.operators-mail",
  "google_project_iam_member.log-writer",
  "google_project_iam_member.metric-writer",
  "google_secret_manager_secret_iam_member.even-password-abc",
  "google_secret_manager_secret_iam_member.even-telemetry-abc",
  "google_secret_manager_secret_iam_member.password-abc",
  "google_secret_manager_secret_iam_member.telemetry-abc",
  "google_service_account.identity",
  'google_service_account_iam_member.operators["group:ops@acme.example"]',
];

/** What the files of every bridge of pool nl-static, or a secret, go to the machines with. */
export const PUSHED_TO_STATIC = each(
  [1, 2, 3],
  (number) => `-/+ terraform_data.push-${number} (triggers_replace)`,
);

/** The last bridge of nl-static, with all that belongs to it. */
export const BRIDGE_3_GOES = [
  "~ google_compute_firewall.brewery-abc",
  "- google_dns_record_set.bridge-3-record",
  "- linode_instance.bridge-3",
  "- linode_rdns.bridge-3-name",
  '- terraform_data.drain["bridge-3"]',
  "- terraform_data.generation-3",
  "- terraform_data.push-3",
];
