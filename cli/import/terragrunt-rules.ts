import { asGcpMachineType, asGcpRegion, asGcpZone, asRange } from "./cloud-conversions";
import { asHostName, asLabels, asShare, asText, asTexts, asWhole } from "./conversions";
import type { Rule } from "./rule";

const bridges = asWhole(1, 1000, "bridges");
const seconds = asWhole(15, 3600, "seconds");
const bootDisk = asWhole(10, 1000, "GB");
const dataDisk = asWhole(10, 10_000, "GB");

/**
 * Variables of Terragrunt and Terraform layouts that run Jitsi's bridges in a managed instance group of Google Cloud.
 * Names in their usual spellings; within a map (`autoscaler = { max_replicas = 5 }`) the last part of the name counts.
 */
export const TERRAGRUNT_RULES: readonly Rule[] = [
  {
    names: ["project_id", "gcp_project_id", "gcp_project", "project", "google_project"],
    owner: "account",
    field: "gcp.project",
    convert: asText,
  },
  {
    names: ["remote_state.config.bucket"],
    owner: "account",
    field: "state.bucket",
    convert: asText,
    note: "an account has a bucket of its own",
  },
  {
    names: [
      "subnet_cidr",
      "subnetwork_cidr",
      "subnet_range",
      "ip_cidr_range",
      "network_cidr",
      "cidr",
      "subnet_ip",
    ],
    owner: "pool",
    field: "network",
    convert: asRange,
    note: "the range of the pool's region",
  },
  {
    names: ["dnszone_name", "dns_zone_name", "dns_managed_zone", "managed_zone"],
    owner: "account",
    field: "dns.managedZone",
    convert: asText,
  },
  {
    names: ["dnszone_dnsname", "dns_zone_dnsname", "dns_domain", "dns_name"],
    owner: "account",
    field: "dns.domain",
    convert: asHostName,
  },
  {
    names: ["admin_email", "letsencrypt_email", "ops_email", "email"],
    owner: "account",
    field: "operators.email",
    convert: asText,
  },
  { names: ["labels", "common_labels"], owner: "account", field: "labels", convert: asLabels },
  {
    names: ["jitsi_hostname", "hostname", "host_name", "domain", "domain_name", "jitsi_domain", "fqdn"],
    owner: "customer",
    field: "hostname",
    convert: asHostName,
  },
  {
    names: ["zone", "gcp_zone", "jitsi_shard.zone", "jitsi_shards[].zone"],
    owner: "customer",
    field: "server.zone",
    convert: asGcpZone,
  },
  {
    names: [
      "jitsi_shard.machine_type",
      "jitsi_shards[].machine_type",
      "control_machine_type",
      "meet_machine_type",
      "server_machine_type",
    ],
    owner: "customer",
    field: "server.machineType",
    convert: asGcpMachineType,
  },
  {
    names: ["control_disk_gb", "meet_disk_gb", "server_disk_gb"],
    owner: "customer",
    field: "server.dataDiskGb",
    convert: dataDisk,
  },
  {
    names: ["region", "gcp_region", "jitsi_shard.region", "jitsi_shards[].region"],
    owner: "pool",
    field: "region",
    convert: asGcpRegion,
  },
  {
    names: ["jvb_machine_type", "machine_type", "instance_type"],
    owner: "pool",
    field: "machineType",
    convert: asGcpMachineType,
    note: "types that Google Cloud has no more become the smallest n2-standard with as much",
    elsewhere: { owner: "customer", field: "server.machineType", convert: asGcpMachineType },
  },
  {
    names: [
      "min_instances",
      "min_replicas",
      "jvb_min_instances",
      "jvb_min_replicas",
      "autoscale_min",
      "jvb_min",
    ],
    owner: "pool",
    field: "size.min",
    convert: bridges,
    note: "at least 1",
  },
  {
    names: [
      "max_instances",
      "max_replicas",
      "jvb_max_instances",
      "jvb_max_replicas",
      "autoscale_max",
      "jvb_max",
    ],
    owner: "pool",
    field: "size.max",
    convert: bridges,
  },
  {
    names: [
      "autoscale_cpu_target",
      "cpu_target",
      "cpu_utilization_target",
      "cpu_utilization",
      "target_cpu",
      "autoscaling_cpu[].target",
    ],
    owner: "pool",
    field: "scaling.targetCpu",
    convert: asShare(0.1, 0.9),
    note: "0.1 to 0.9; percent are divided",
  },
  {
    names: ["cooldown_period", "cooldown", "cool_down_period", "cooldown_seconds"],
    owner: "pool",
    field: "scaling.bootSeconds",
    convert: seconds,
    note: "it is how long Google's autoscaler leaves a new machine out of account; nothing waits before it removes one, because the keeper removes",
  },
  {
    names: ["jvb_disk_gb", "disk_size_gb", "boot_disk_size", "boot_disk_size_gb"],
    owner: "pool",
    field: "bootDiskGb",
    convert: bootDisk,
  },
  { names: ["zones", "distribution_policy_zones"], owner: "pool", field: "zones", convert: asTexts },

  {
    names: [
      "app_password",
      "jvb_password",
      "jicofo_password",
      "app_secret",
      "jvb_secret",
      "jicofo_secret",
      "turn_secret",
    ],
    dropped: "passwords are drawn by Terraform into Secret Manager",
    secret: true,
  },
  {
    names: ["auth_file", "credentials", "credentials_file", "credentials_path", "service_account_key"],
    dropped: "no key files: Terraform uses your login at Google, or a service account's",
    secret: true,
  },
  {
    names: ["app_prefix", "name_prefix", "prefix", "jitsi_shard.id", "jitsi_shards[].id"],
    dropped: "names are made from the ids of account, customer and pool",
  },
  {
    names: [
      "network",
      "network_name",
      "network_description",
      "subnetwork",
      "subnet",
      "subnet_name",
      "subnetwork_name",
      "vpc_name",
    ],
    dropped: "the account's stack makes the network, with a subnet for each region",
  },
  {
    names: ["jitsi_shard.size", "jitsi_shards[].size", "jitsi_shards[+].*"],
    dropped: "a customer has one server",
  },
  {
    names: ["scale_down_control", "scale_in_control", "scale_down*", "scale_in*"],
    dropped: "the autoscaler only adds; the keeper removes, when a bridge's calls have ended",
  },
  { names: ["target_size"], dropped: "the autoscaler chooses between size.min and size.max" },
  {
    names: ["autoscaling_enabled", "enable_autoscaling", "autoscaling_mode"],
    dropped: "pools on Google Cloud always grow with load",
  },
  {
    names: ["image", "image_family", "image_project", "source_image", "ubuntu_image"],
    dropped: "the image of the machines is in model/versions.ts",
  },
  { names: ["jibri_*", "recorder_*", "bunny_*"], dropped: "recording is not part of this project" },
  {
    names: ["enable_schedule", "schedule_*"],
    dropped: "nothing is switched off at night; lower bounds at known times are scaling.schedules of a pool",
  },
  {
    names: ["ssh_public_key", "ssh_keys", "ssh_user"],
    dropped: "people reach Google machines by Identity-Aware Proxy: operators.iap",
  },
  {
    names: ["jitsi_bucket_certificates"],
    dropped: "certificates come from Let's Encrypt, or from Secret Manager: certificate of a customer",
  },
  {
    names: ["tags", "instance_tags", "network_tags"],
    dropped: "firewall rules find machines by their service accounts",
  },
  {
    names: ["service_account", "service_account_email"],
    dropped: "every pool and every server has a service account of its own",
  },
  {
    names: [
      "terragrunt*",
      "terraform",
      "include",
      "dependency",
      "dependencies",
      "generate",
      "provider",
      "skip",
      "remote_state*",
    ],
    dropped:
      "Terragrunt's own wiring: stacks refer to one another by name, state is a prefix for each in state.bucket",
  },
];
