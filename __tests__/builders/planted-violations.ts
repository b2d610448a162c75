import type { PolicyId } from "../../model/policy-ids";
import type { Attributes } from "../../policies/policy";

/** A stack with one mistake, as Terraform reads it, and the same without. */
export interface Planted {
  /** Resource type -> its arguments; sections of Terraform under their own names. */
  readonly broken: Tree;
  readonly mended: Tree;
  /** Part of the one finding. */
  readonly says: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly mendedFiles?: Readonly<Record<string, string>>;
}
type Tree = Readonly<Record<string, Attributes>>;

const BACKEND = { backend: { gcs: { bucket: "b", prefix: "customer-abc" } } };
const BUCKET = {
  public_access_prevention: "enforced",
  uniform_bucket_level_access: true,
  versioning: { enabled: true },
};
const METADATA = { "enable-oslogin": "TRUE", "block-project-ssh-keys": "TRUE" };
const IDENTITY = { email: "srv-abc@p.iam.gserviceaccount.com", scopes: ["cloud-platform"] };
const SHIELD = { enable_secure_boot: true, enable_vtpm: true, enable_integrity_monitoring: true };
const ALARM = { google_monitoring_alert_policy: { notification_channels: ["mail"] } };
const MEMBER = { member: "group:ops@acme.example" };
const compose = "files/server/etc/fleet/compose.yaml";
const settings = "files/server/etc/fleet/jvb.env";

const machine = (changes: Attributes): Tree => ({ google_compute_instance: changes });
const bucket = (changes: Attributes): Tree => ({ google_storage_bucket: { ...BUCKET, ...changes } });

export const PLANTED: Readonly<Record<PolicyId, readonly Planted[]>> = {
  alarms: [
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
  "bucket-access": [
    {
      broken: bucket({ public_access_prevention: "inherited" }),
      mended: bucket({}),
      says: "public_access_prevention is not",
    },
    {
      broken: bucket({ uniform_bucket_level_access: false }),
      mended: bucket({}),
      says: "uniform_bucket_level_access",
    },
    {
      broken: bucket({ versioning: [] }),
      mended: bucket({ versioning: [{ enabled: true }] }),
      says: "versioning is not on",
    },
    {
      broken: bucket({ force_destroy: true }),
      mended: bucket({ force_destroy: false }),
      says: "force_destroy is true",
    },
    { broken: { google_storage_object_acl: {} }, mended: {}, says: "an access list beside IAM" },
  ],
  "certificate-verification": [
    {
      broken: {},
      mended: {},
      files: { [settings]: "XMPP_TRUST_ALL_CERTS=true\n" },
      mendedFiles: { [settings]: "XMPP_TRUST_ALL_CERTS=false\n" },
      says: 'XMPP_TRUST_ALL_CERTS is "true"',
    },
  ],
  "data-sources": [
    {
      broken: { data: { google_compute_image: { ubuntu: {} } } },
      mended: {},
      says: "data.google_compute_image.ubuntu is a data source",
    },
  ],
  "dns-signing": [
    {
      broken: { google_dns_managed_zone: { dnssec_config: { state: "off" } } },
      mended: { google_dns_managed_zone: { dnssec_config: { state: "on" } } },
      says: "the zone is not signed",
    },
    {
      broken: { google_dns_managed_zone: {} },
      mended: { google_dns_managed_zone: { visibility: "private" } },
      says: "the zone is not signed",
    },
  ],
  "iam-grants": [
    {
      broken: { google_project_iam_binding: {} },
      mended: { google_project_iam_member: MEMBER },
      says: "use google_project_iam_member",
    },
    {
      broken: { google_storage_bucket_iam_policy: {} },
      mended: { google_storage_bucket_iam_member: MEMBER },
      says: "it takes away grants that it does not name",
    },
  ],
  images: [
    {
      broken: {},
      mended: {},
      files: { [compose]: "services:\n  web:\n    image: ghcr.io/jitsi/web:latest\n" },
      mendedFiles: { [compose]: "services:\n  web:\n    image: ghcr.io/jitsi/web:stable-11146-2\n" },
      says: "is not pinned",
    },
  ],
  labels: [
    {
      broken: { google_compute_disk: {} },
      mended: { google_compute_disk: { labels: { "fleet-account": "acme", "fleet-role": "server" } } },
      says: "labels lacks fleet-account and fleet-role",
    },
  ],
  "linode-firewalls": [
    {
      broken: { linode_instance: {} },
      mended: { linode_instance: { firewall_id: "${linode_firewall.firewall.id}" } },
      says: "the machine is not behind a firewall of its stack",
    },
  ],
  "linode-replacement": [
    {
      broken: { linode_instance: { image: "linode/ubuntu24.04" } },
      mended: { linode_instance: { image: "linode/ubuntu24.04", lifecycle: { ignore_changes: ["image"] } } },
      says: "lifecycle.ignore_changes lacks image",
    },
  ],
  "machine-identity": [
    {
      broken: machine({}),
      mended: machine({ service_account: IDENTITY }),
      says: "it runs as the project's default account",
    },
    {
      broken: machine({
        service_account: { ...IDENTITY, email: "12345-compute@developer.gserviceaccount.com" },
      }),
      mended: machine({ service_account: [IDENTITY] }),
      says: "it runs as the project's default account",
    },
    {
      broken: { google_compute_region_instance_template: { service_account: { email: IDENTITY.email } } },
      mended: { google_compute_region_instance_template: { service_account: IDENTITY } },
      says: "its scopes are left out",
    },
  ],
  "machine-login": [
    {
      broken: machine({ metadata: { "block-project-ssh-keys": "TRUE" } }),
      mended: machine({ metadata: METADATA }),
      says: "enable-oslogin is not TRUE",
    },
    {
      broken: machine({ metadata: { ...METADATA, "block-project-ssh-keys": "FALSE" } }),
      mended: machine({ metadata: METADATA }),
      says: "block-project-ssh-keys is not TRUE",
    },
    {
      broken: machine({ metadata: { ...METADATA, "ssh-keys": "ops:ssh-ed25519 AAAA" } }),
      mended: machine({ metadata: METADATA }),
      says: "metadata has ssh-keys",
    },
    {
      broken: machine({ metadata: { ...METADATA, "serial-port-enable": "1" } }),
      mended: machine({ metadata: { ...METADATA, "serial-port-enable": "0" } }),
      says: "serial-port-enable is on",
    },
    {
      broken: { google_compute_project_metadata_item: {} },
      mended: {},
      says: "metadata of the whole project",
    },
  ],
  "machine-scheduling": [
    {
      broken: machine({ scheduling: { provisioning_model: "SPOT" } }),
      mended: machine({ scheduling: { provisioning_model: "STANDARD" } }),
      says: "it is a spot machine",
    },
    {
      broken: machine({ scheduling: [{ on_host_maintenance: "TERMINATE" }] }),
      mended: machine({ scheduling: [{ on_host_maintenance: "MIGRATE" }] }),
      says: "Google stops it for maintenance",
    },
  ],
  names: [
    {
      broken: { google_compute_network: { name_prefix: "acme-" } },
      mended: { google_compute_network: { name: "acme" } },
      says: "name_prefix leaves the name to the provider",
    },
  ],
  "network-shape": [
    {
      broken: { google_compute_network: {} },
      mended: { google_compute_network: { auto_create_subnetworks: false } },
      says: "it makes subnets in every region",
    },
    {
      broken: { google_compute_subnetwork: {} },
      mended: { google_compute_subnetwork: { private_ip_google_access: true } },
      says: "private_ip_google_access",
    },
    {
      broken: machine({ network_interface: [{ network: "default" }] }),
      mended: machine({ network_interface: [{ subnetwork: "acme-europe-west4" }] }),
      says: "it is in no subnetwork of the account",
    },
    { broken: machine({ can_ip_forward: true }), mended: machine({}), says: "can_ip_forward is on" },
  ],
  "open-ports": [
    {
      broken: {
        google_compute_firewall: {
          source_ranges: ["0.0.0.0/0"],
          allow: [{ protocol: "tcp", ports: ["22"] }],
        },
      },
      mended: {
        google_compute_firewall: {
          source_ranges: ["203.0.113.0/24"],
          allow: [{ protocol: "tcp", ports: ["22"] }],
        },
      },
      says: "tcp port 22 is open to the world",
    },
    {
      broken: { linode_firewall: { inbound_policy: "ACCEPT" } },
      mended: { linode_firewall: { inbound_policy: "DROP" } },
      says: 'inbound_policy is not "DROP"',
    },
  ],
  "other-stacks": [
    {
      broken: { data: { terraform_remote_state: { other: {} } } },
      mended: {},
      says: "reads the state of another stack",
    },
  ],
  "patient-health-checks": [
    {
      broken: { google_compute_health_check: {} },
      mended: { google_compute_health_check: { check_interval_sec: 10, unhealthy_threshold: 6 } },
      says: "a bridge counts as dead after 10 s",
    },
  ],
  protection: [
    {
      broken: { google_compute_address: {} },
      mended: { google_compute_address: { lifecycle: { prevent_destroy: true } } },
      says: "lifecycle.prevent_destroy is not set",
    },
  ],
  "provider-settings": [
    {
      broken: { provider: { linode: [{ token: "123" }] } },
      mended: { provider: { linode: [{}] } },
      says: "provider linode sets token",
    },
    {
      broken: { terraform: { ...BACKEND, required_providers: { google: { version: "~> 6.0" } } } },
      mended: { terraform: { ...BACKEND, required_providers: { google: { version: "6.50.0" } } } },
      says: 'provider google has version "~> 6.0"',
    },
  ],
  provisioners: [
    {
      broken: { terraform_data: { provisioner: [{ "local-exec": { command: "ls" } }] } },
      mended: { terraform_data: { provisioner: [{ "remote-exec": { inline: ["ls"] } }] } },
      says: "local-exec runs on whatever deploys",
    },
    {
      broken: {
        variable: { jvb: { sensitive: true }, drain: {} },
        terraform_data: { provisioner: [{ "remote-exec": { inline: ["login ${var.jvb}"] } }] },
      },
      mended: {
        variable: { jvb: { sensitive: true }, drain: {} },
        terraform_data: { provisioner: [{ "remote-exec": { inline: ["wait ${var.drain}"] } }] },
      },
      says: "a command has a secret in it",
    },
    {
      broken: { terraform_data: { provisioner: [{ file: { connection: { password: "${var.p}" } } }] } },
      mended: {
        terraform_data: { provisioner: [{ file: { connection: { password: null, agent: true } } }] },
      },
      says: "the connection has password",
    },
  ],
  "public-members": [
    {
      broken: { google_storage_bucket_iam_member: { member: "allUsers" } },
      mended: { google_storage_bucket_iam_member: MEMBER },
      says: "it is granted to allUsers",
    },
    {
      broken: {
        google_project_iam_member: {
          member: "${each.value}",
          for_each: '${toset(["allAuthenticatedUsers"])}',
        },
      },
      mended: {
        google_project_iam_member: { member: "${each.value}", for_each: '${toset(["user:a@acme.example"])}' },
      },
      says: "it is granted to allAuthenticatedUsers",
    },
  ],
  roles: [
    ...["roles/editor", "roles/secretmanager.secretAccessor", "roles/compute.admin"].map((role) => ({
      broken: { google_project_iam_member: { ...MEMBER, role } },
      mended: { google_project_iam_member: { ...MEMBER, role: "roles/logging.logWriter" } },
      says: `${role} over the whole project`,
    })),
    {
      broken: { google_project_iam_custom_role: { permissions: ["iam.serviceAccounts.actAs"] } },
      mended: { google_project_iam_custom_role: { permissions: ["compute.instances.list"] } },
      says: "iam.serviceAccounts.actAs lets its holder take on other rights",
    },
  ],
  "rule-targets": [
    {
      broken: { google_compute_firewall: {} },
      mended: { google_compute_firewall: { target_service_accounts: ["srv-abc@p.iam.gserviceaccount.com"] } },
      says: "the rule has no target service account",
    },
  ],
  "secret-versions": [
    {
      broken: { google_secret_manager_secret_version: { lifecycle: { create_before_destroy: true } } },
      mended: {
        google_secret_manager_secret_version: {
          deletion_policy: "DISABLE",
          lifecycle: { create_before_destroy: true },
        },
      },
      says: "deletion_policy is DELETE",
    },
    {
      broken: { google_secret_manager_secret_version: { deletion_policy: "ABANDON" } },
      mended: {
        google_secret_manager_secret_version: {
          deletion_policy: "ABANDON",
          lifecycle: { create_before_destroy: true },
        },
      },
      says: "create_before_destroy is not set",
    },
  ],
  secrets: [
    { broken: { random_password: {} }, mended: {}, says: "this resource keeps a secret in the state" },
  ],
  "shielded-machines": [
    {
      broken: machine({ shielded_instance_config: { ...SHIELD, enable_secure_boot: false } }),
      mended: machine({ shielded_instance_config: SHIELD }),
      says: "shielded_instance_config lacks enable_secure_boot;",
    },
  ],
  snapshots: [
    {
      broken: { google_compute_disk: { name: "abc-data" } },
      mended: {
        google_compute_disk: { name: "abc-data" },
        google_compute_disk_resource_policy_attachment: { disk: "${google_compute_disk.x.name}" },
      },
      says: "no snapshot schedule is attached to the disk",
    },
  ],
  "state-backend": [
    { broken: { terraform: {} }, mended: { terraform: BACKEND }, says: "the state backend is none, not gcs" },
  ],
};

const SECTIONS = new Set(["data", "provider", "terraform", "variable"]);

/** The Terraform of a planted tree: each resource is called `x`. */
export const terraformOf = (tree: Tree): Attributes => ({
  terraform: BACKEND,
  ...Object.fromEntries(Object.entries(tree).filter(([key]) => SECTIONS.has(key))),
  resource: Object.fromEntries(
    Object.entries(tree)
      .filter(([key]) => !SECTIONS.has(key))
      .map(([type, attributes]) => [type, { x: attributes }]),
  ),
});
