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
type Tree = Readonly<Record<string, Attributes | readonly Attributes[]>>;

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
const NETWORK = { network_interface: { subnetwork: "acme-europe-west4" } };
const DROP = { inbound_policy: "DROP" };
const FROM_SERVER = { source_service_accounts: ["srv-abc@p.iam.gserviceaccount.com"] };
const GRAFANA = [
  "GF_PUBLIC_DASHBOARDS_ENABLED=false",
  "GF_SECURITY_COOKIE_SECURE=true",
  "GF_SNAPSHOTS_ENABLED=false",
];
const grafana = "files/server/etc/fleet/grafana.env";
const compose = "files/server/etc/fleet/compose.yaml";
const settings = "files/server/etc/fleet/jvb.env";

const machine = (changes: Attributes): Tree => ({ google_compute_instance: changes });
const bucket = (changes: Attributes): Tree => ({ google_storage_bucket: { ...BUCKET, ...changes } });

const retention = (then: string): Tree => ({
  google_compute_resource_policy: {
    snapshot_schedule_policy: { retention_policy: { on_source_disk_delete: then } },
  },
});

export const PLANTED: Readonly<Record<PolicyId, readonly Planted[]>> = {
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
      says: "force_destroy is not false",
    },
    { broken: { google_storage_object_acl: {} }, mended: {}, says: "an access list beside IAM" },
  ],
  "certificate-verification": [
    {
      broken: {},
      mended: {},
      files: { "files/server/etc/fleet/telegraf/telegraf.conf": "  insecure_skip_verify = true\n" },
      mendedFiles: { "files/server/etc/fleet/telegraf/telegraf.conf": "  insecure_skip_verify = false\n" },
      says: 'INSECURE_SKIP_VERIFY is "true"',
    },
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
      broken: { ephemeral: { google_secret_manager_secret_version: { password: {} } } },
      mended: { ephemeral: { random_password: { password: {} } } },
      says: "ephemeral.google_secret_manager_secret_version.password asks somebody",
    },
    {
      broken: { check: { health: { data: { http: { page: {} } } } } },
      mended: { check: { health: { assert: { condition: true } } } },
      says: "check.health has a data source",
    },
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
  "grafana-access": [
    ...[
      "GF_AUTH_ANONYMOUS_ENABLED=true",
      "GF_USERS_ALLOW_SIGN_UP='TRUE'",
      "GF_SECURITY_COOKIE_SECURE=false",
    ].map((line) => ({
      broken: {},
      mended: {},
      files: { [grafana]: `${GRAFANA.join("\n")}\n${line}\n` },
      mendedFiles: { [grafana]: `${GRAFANA.join("\n")}\n` },
      says: `${line.split("=")[0]!} is "${/\w+(?='?$)/.exec(line)![0].toLowerCase()}"`,
    })),
    {
      broken: {},
      mended: {},
      files: { [grafana]: `# ${GRAFANA[0]!}\n${GRAFANA.slice(1).join("\n")}\n` },
      mendedFiles: { [grafana]: `${GRAFANA.join("\n")}\n` },
      says: 'GF_PUBLIC_DASHBOARDS_ENABLED is "true"; strangers would see Grafana',
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
    ...["grafana/grafana", "jitsi/web:stable"].map((image) => ({
      broken: {},
      mended: {},
      files: { [compose]: `services: { web: { image: ${image}, restart: always } }\n` },
      mendedFiles: { [compose]: "services: { web: { image: influxdb:2.7.12 } } # as tested\n" },
      says: `image ${image} is not pinned`,
    })),
    {
      broken: { google_compute_disk: { image: "debian-cloud/debian-12" } },
      mended: { google_compute_disk: { image: "projects/debian-cloud/global/images/family/debian-12" } },
      says: 'system image "debian-cloud/debian-12" is not in full form',
    },
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
    ...[{ preemptible: true }, { preemptible: "${var.spot}" }, { provisioning_model: "FLEX_START" }].map(
      (scheduling) => ({
        broken: machine({ scheduling }),
        mended: machine({ scheduling: {} }),
        says: "it is a spot machine",
      }),
    ),
    {
      broken: machine({ scheduling: { max_run_duration: { seconds: 3600 } } }),
      mended: machine({}),
      says: "Google stops it after max_run_duration",
    },
    {
      broken: machine({ scheduling: { automatic_restart: false } }),
      mended: machine({ scheduling: { automatic_restart: true } }),
      says: "it stays down after a failure of its host",
    },
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
  modules: [
    {
      broken: { module: { network: { source: "terraform-google-modules/network/google" } } },
      mended: {},
      says: "module.network is a Terraform module",
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
      broken: machine({ network_interface: [{ subnetwork: "projects/p/regions/r/subnetworks/default" }] }),
      mended: machine({
        network_interface: [{ subnetwork: "projects/p/regions/r/subnetworks/acme-default" }],
      }),
      says: "it is in no subnetwork of the account",
    },
    { broken: machine({}), mended: machine(NETWORK), says: "it is in no subnetwork of the account" },
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
    {
      broken: machine({ ...NETWORK, can_ip_forward: true }),
      mended: machine(NETWORK),
      says: "can_ip_forward is on",
    },
  ],
  "open-ports": [
    {
      broken: { google_compute_firewall: { allow: { protocol: "tcp", ports: ["3000"] } } },
      mended: { google_compute_firewall: { ...FROM_SERVER, allow: { protocol: "tcp", ports: ["3000"] } } },
      says: "tcp port 3000 is open to the world",
    },
    ...["2000::/3", "::/0", "64.0.0.0/2"].map((range) => ({
      broken: {
        google_compute_firewall: { source_ranges: [range], allow: [{ protocol: "tcp", ports: ["8086"] }] },
      },
      mended: {
        google_compute_firewall: { source_ranges: ["10.0.0.0/8", "fc00::/7"], allow: [{ protocol: "tcp" }] },
      },
      says: "tcp port 8086 is open to the world",
    })),
    {
      broken: { google_compute_firewall: { source_ranges: "${var.from}", allow: [{ protocol: "tcp" }] } },
      mended: {
        google_compute_firewall: {
          source_ranges: ["${linode_instance.x.ip}/32"],
          allow: [{ protocol: "tcp" }],
        },
      },
      says: "tcp port all is open to ${var.from}, which may be the world",
    },
    {
      broken: { google_compute_network_firewall_policy_rule: {} },
      mended: {},
      says: "it opens ports beside the firewall rules",
    },
    {
      broken: {
        linode_firewall: { ...DROP, inbound: [{ ipv4: ["0.0.0.0/0"], protocol: "TCP", ports: "443, 8080" }] },
      },
      mended: {
        linode_firewall: {
          ...DROP,
          inbound: [
            { action: "ACCEPT", ipv4: ["203.0.113.0/24"], protocol: "TCP", ports: "8080" },
            { action: "DROP", ipv4: ["0.0.0.0/0"], protocol: "TCP" },
          ],
        },
      },
      says: "tcp port 8080 is open to the world",
    },
    {
      broken: { linode_firewall: { ...DROP, disabled: true } },
      mended: { linode_firewall: { ...DROP, disabled: false } },
      says: "disabled is set; without the firewall",
    },
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
      (type): Planted => ({
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
  "provider-settings": [
    {
      broken: { provider: { google: { compute_custom_endpoint: "https://compute.acme.example/" } } },
      mended: { provider: { google: { project: "acme" } } },
      says: "provider google sets compute_custom_endpoint; tokens would be sent there",
    },
    {
      broken: {
        terraform: { ...BACKEND, required_providers: { shell: { source: "acme/shell", version: "1.2.3" } } },
      },
      mended: { terraform: BACKEND },
      says: 'provider shell comes from "acme/shell"',
    },
    {
      broken: { null_resource: {} },
      mended: { terraform_data: {} },
      says: "provider null is used and not required; Terraform would take the newest",
    },
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
      broken: {
        terraform_data: { provisioner: { "remote-exec": [{ inline: ["login ${ephemeral.a.b}"] }] } },
      },
      mended: { terraform_data: { provisioner: { "remote-exec": [{ inline: ["ls"] }] } } },
      says: "a command has a secret in it",
    },
    {
      broken: { terraform_data: { connection: [{ bastion_password: "swordfish" }] } },
      mended: { terraform_data: { connection: [{ agent: true }] } },
      says: "the connection has bastion_password",
    },
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
      broken: { google_storage_bucket_acl: { role_entity: ["READER:allUsers"] } },
      mended: { google_storage_bucket_acl: { role_entity: ["READER:user-a@acme.example"] } },
      says: "it is granted to allUsers",
    },
    {
      broken: { google_storage_bucket_object: { predefined_acl: "publicRead" } },
      mended: { google_storage_bucket_object: { predefined_acl: "private" } },
      says: "it is granted to publicRead",
    },
    {
      broken: { locals: { readers: ["allAuthenticatedUsers"] } },
      mended: { locals: { readers: ["group:ops@acme.example"] } },
      says: "a local value or a variable names allAuthenticatedUsers",
    },
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
    {
      broken: {
        google_project_iam_member: {
          ...MEMBER,
          role: "${each.value}",
          for_each: '${toset(["roles/owner"])}',
        },
      },
      mended: {
        google_project_iam_member: {
          ...MEMBER,
          role: "${each.value}",
          for_each: '${toset(["roles/logging.logWriter", "roles/compute.osAdminLogin"])}',
        },
      },
      says: "roles/owner over the whole project",
    },
    {
      broken: { google_project_iam_member: { ...MEMBER, role: "${var.role}" } },
      mended: { google_project_iam_member: { ...MEMBER, role: "projects/acme/roles/fleetKeeper" } },
      says: "${var.role} over the whole project",
    },
    {
      broken: { google_project_iam_custom_role: { permissions: ["secretmanager.versions.access"] } },
      mended: { google_project_iam_custom_role: { permissions: ["secretmanager.versions.list"] } },
      says: "secretmanager.versions.access lets its holder take on other rights",
    },
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
      broken: {
        google_secret_manager_regional_secret_version: {
          deletion_policy: "${var.policy}",
          lifecycle: [{ create_before_destroy: true }],
        },
      },
      mended: {
        google_secret_manager_regional_secret_version: {
          deletion_policy: "DISABLE",
          lifecycle: [{ create_before_destroy: true }],
        },
      },
      says: "deletion_policy is ${var.policy}",
    },
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
    {
      broken: {
        google_monitoring_uptime_check_config: { http_check: { auth_info: { password: "swordfish" } } },
      },
      mended: { google_monitoring_uptime_check_config: { http_check: { auth_info: { password_wo: "x" } } } },
      says: "http_check.auth_info.password keeps a secret in the state",
    },
    ...[
      {
        locals: { files: { a: "${local.more}" }, more: "${var.password}" },
        files: "${jsonencode(local.files)}",
      },
      { locals: {}, files: "A=1\nJVB_AUTH_PASSWORD=swordfish\n" },
      { locals: {}, files: "-----BEGIN RSA PRIVATE KEY-----" },
    ].map(({ locals, files }) => ({
      broken: { locals, ...machine({ metadata: { "fleet-files": files } }) },
      mended: {
        locals: { files: {} },
        ...machine({ metadata: { "fleet-files": "${jsonencode(local.files)}" } }),
      },
      says: "metadata holds a secret or a variable",
    })),
    {
      broken: machine({ metadata: { "jvb-password": "swordfish" } }),
      mended: machine({ metadata: METADATA }),
      says: "metadata holds a secret or a variable",
    },
    {
      broken: machine({ metadata_startup_script: "export TOKEN=swordfish" }),
      mended: machine({ metadata_startup_script: "export TOKEN=$TOKEN" }),
      says: "metadata holds a secret or a variable",
    },
    {
      broken: { output: { password: { value: "${ephemeral.a.b}", sensitive: true } } },
      mended: { output: { address: { value: "203.0.113.1" } } },
      says: "output.password keeps a secret in the state",
    },
    {
      broken: { variable: { jvb: { sensitive: true } } },
      mended: { variable: { jvb: { sensitive: true, ephemeral: true, default: null } } },
      says: "var.jvb is a secret and not ephemeral",
    },
    {
      broken: { variable: { jvb: { sensitive: true, ephemeral: true, default: "swordfish" } } },
      mended: { variable: { jvb: { default: "no secret" } } },
      says: "var.jvb is a secret with a default",
    },
    {
      broken: {},
      mended: {},
      files: { "files/cloud-init.yaml": "users:\n  - name: ops\n    plain_text_passwd: swordfish\n" },
      mendedFiles: { "files/cloud-init.yaml": "users:\n  - name: ops\n    lock_passwd: true\n" },
      says: "plain_text_passwd holds a secret",
    },
    {
      broken: {},
      mended: {},
      files: { "files/server/etc/fleet/web/key.pem": "-----BEGIN PRIVATE KEY-----\n" },
      mendedFiles: { "files/server/etc/fleet/web/cert.pem": "-----BEGIN CERTIFICATE-----\n" },
      says: "a line holds a secret",
    },
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
  "state-backend": [
    { broken: { terraform: {} }, mended: { terraform: BACKEND }, says: "the state backend is none, not gcs" },
  ],
};

const SECTIONS = new Set([
  "check",
  "data",
  "ephemeral",
  "locals",
  "module",
  "output",
  "provider",
  "removed",
  "terraform",
  "variable",
]);

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
