import { equivalent } from "../../engine/equivalent";
import { Refusal } from "../../protocol/diagnostic";
import { asBlocks, asText, asTextMap, isUnknown } from "../../protocol/value";
import { nextPublicAddress } from "../../store/public-address";
import { refused } from "../google-cloud";
import { projectNumber } from "../serial-number";
import { IMAGE_SIZE_GB } from "./disk";
import { gceName, nextHost, usersOf } from "./network";
import type { Change, ResourceModel } from "../../engine/resource-model";
import type { Diagnostic } from "../../protocol/diagnostic";
import type { Value, Values } from "../../protocol/value";
import type { GoogleSurroundings } from "../google-cloud";
import type { GoogleSettings } from "../settings";

const TYPE = { name: "google_compute_instance" };

/** Bytes of one value of the metadata, and of all keys and values together (Compute Engine's documentation). */
const METADATA_VALUE_BYTES = 262_144;
const METADATA_TOTAL_BYTES = 512 * 1024;
const METADATA_KEY = /^[a-zA-Z0-9-_]{1,127}$/;

/** What the provider changes only on an instance that may be stopped. */
const NEEDS_STOP = [
  "machine_type",
  "min_cpu_platform",
  "service_account",
  "enable_display",
  "shielded_instance_config",
  "advanced_machine_features",
];

/** One virtual machine. */
export const instance: ResourceModel<GoogleSettings> = {
  clientOnly: ["allow_stopping_for_update", "desired_status"],
  computedBlocks: [
    "boot_disk.initialize_params",
    "confidential_instance_config",
    "guest_accelerator",
    "network_interface.ipv6_access_config",
    "reservation_affinity",
    "scheduling",
    "shielded_instance_config",
  ],
  references: [
    { path: "network_interface.network", type: "google_compute_network" },
    { path: "network_interface.subnetwork", type: "google_compute_subnetwork" },
    { path: "attached_disk.source", type: "google_compute_disk" },
    { path: "resource_policies", type: "google_compute_resource_policy" },
    { path: "service_account.email", type: "google_service_account", holds: false },
  ],
  rules: [gceName("name")],
  validate: checkMetadata,
  plan({ prior, planned, replace }) {
    const name = "metadata_startup_script";
    if (prior && !equivalent(prior[name], planned[name])) replace(name);
  },
  check(change, around) {
    checkStop(change);
    checkDisks(change, around);
    checkAddresses(change, around);
  },
  chosen: () => ({
    cpu_platform: "Intel Cascade Lake",
    current_status: "RUNNING",
    min_cpu_platform: "",
    scheduling: [DEFAULT_SCHEDULING],
    shielded_instance_config: [DEFAULT_SHIELD],
  }),
  settle(object, around) {
    settleBootDisk(object);
    asBlocks(object["network_interface"]).forEach((nic, index) =>
      settleInterface(nic, index, object, around),
    );
    asBlocks(object["attached_disk"]).forEach((disk, index) =>
      choose(disk, { device_name: `persistent-disk-${index + 1}` }),
    );
    asBlocks(object["scheduling"]).forEach((scheduling) => choose(scheduling, DEFAULT_SCHEDULING));
    settleServiceAccount(object, around);
  },
  checkDelete(object) {
    if (object["deletion_protection"] !== true) return;
    throw new Refusal(
      `Cannot delete instance ${String(object["name"])}: instance Deletion Protection is enabled. Set deletion_protection ` +
        'to false for this resource and run "terraform apply" before attempting to delete it.',
    );
  },
};

/** What a virtual machine has that says nothing of its own. */
export const DEFAULT_SCHEDULING: Values = {
  automatic_restart: true,
  availability_domain: 0,
  instance_termination_action: "",
  min_node_cpus: 0,
  on_host_maintenance: "MIGRATE",
  preemptible: false,
  provisioning_model: "STANDARD",
  termination_time: "",
  local_ssd_recovery_timeout: [],
  max_run_duration: [],
  node_affinities: [],
  on_instance_stop_action: [],
};

const DEFAULT_SHIELD: Values = {
  enable_integrity_monitoring: true,
  enable_secure_boot: false,
  enable_vtpm: true,
};

/** Refuses metadata that is too large or has an impossible key; of instances and templates. */
export function checkMetadata(config: Values): Diagnostic[] {
  const metadata = asTextMap(config["metadata"]);
  const entries = Object.entries(metadata);
  const total = entries.reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  const path = ["metadata"];
  return [
    ...entries
      .filter(([key]) => !METADATA_KEY.test(key))
      .map(([key]) => ({
        summary: `metadata key ${JSON.stringify(key)} doesn't match regexp ${JSON.stringify(METADATA_KEY.source)}`,
        path,
      })),
    ...entries
      .filter(([, value]) => Buffer.byteLength(value) > METADATA_VALUE_BYTES)
      .map(([key, value]) => ({
        summary: `metadata value of ${JSON.stringify(key)} must not exceed ${METADATA_VALUE_BYTES} bytes, got ${Buffer.byteLength(value)}`,
        path,
      })),
    ...(total < METADATA_TOTAL_BYTES
      ? []
      : [{ summary: `metadata must stay below ${METADATA_TOTAL_BYTES} bytes in total, got ${total}`, path }]),
  ];
}

/** Sets what is still unknown in a block. */
export function choose(block: Values, choices: Values): void {
  for (const [name, value] of Object.entries(choices)) if (isUnknown(block[name])) block[name] = value;
}

function checkStop({ prior, planned }: Change): void {
  if (!prior || planned["allow_stopping_for_update"] === true || planned["desired_status"] === "TERMINATED")
    return;
  const network = (object: Values): Value =>
    asBlocks(object["network_interface"]).map((nic) => [nic["network"] ?? null, nic["subnetwork"] ?? null]);
  const changed =
    NEEDS_STOP.some((name) => !equivalent(prior[name], planned[name])) ||
    !equivalent(network(prior), network(planned));
  if (!changed) return;
  throw new Refusal(
    "Changing the machine_type, min_cpu_platform, service_account, enable_display, shielded_instance_config, " +
      "advanced_machine_features or network_interface (network, subnetwork) on a started instance requires stopping it. " +
      "To acknowledge this, please set allow_stopping_for_update = true in your config. You can also stop it by setting " +
      'desired_status = "TERMINATED", but the instance will not be restarted after the update.',
  );
}

function checkDisks({ prior, planned }: Change, around: GoogleSurroundings): void {
  for (const disk of asBlocks(planned["attached_disk"])) {
    const own = around.follow("google_compute_disk", disk["source"], planned);
    if (!own || disk["mode"] === "READ_ONLY") continue;
    for (const other of around.list("google_compute_instance")) {
      if (other.id === prior?.["id"]) continue;
      const isShared = asBlocks(other.attributes["attached_disk"]).some(
        ({ source }) => around.follow("google_compute_disk", source, other.attributes)?.id === own.id,
      );
      if (!isShared) continue;
      const message = `The disk resource '${own.id}' is already being used by '${other.id}', resourceInUseByAnotherResource`;
      throw refused(prior ? "updating" : "creating", TYPE, message, "attached_disk");
    }
  }
}

function checkAddresses({ prior, planned }: Change, around: GoogleSurroundings): void {
  for (const nic of asBlocks(planned["network_interface"])) {
    for (const config of asBlocks(nic["access_config"])) {
      const users = usersOf(asText(config["nat_ip"]), around).filter((link) => link !== prior?.["self_link"]);
      if (users.length === 0) continue;
      const message = `Invalid value for field 'resource.networkInterfaces[0].accessConfigs[0].natIP': External IP address: '${String(config["nat_ip"])}' is already in-use (${users[0]}), invalid`;
      throw refused(prior ? "updating" : "creating", TYPE, message, "network_interface");
    }
  }
}

function settleBootDisk(object: Values): void {
  const [disk] = asBlocks(object["boot_disk"]);
  if (!disk) return;
  const { name, project, zone } = object as Record<string, string>;
  choose(disk, {
    device_name: "persistent-disk-0",
    initialize_params: [Object.fromEntries(BOOT_PARAMETERS)],
    source: `https://www.googleapis.com/compute/v1/projects/${project}/zones/${zone}/disks/${name}`,
  });
  asBlocks(disk["initialize_params"]).forEach((parameters) =>
    choose(parameters, Object.fromEntries(BOOT_PARAMETERS)),
  );
}

/** What a boot disk is made of when the configuration does not say. */
const BOOT_PARAMETERS: readonly (readonly [string, Value])[] = [
  ["architecture", "X86_64"],
  ["image", "projects/debian-cloud/global/images/family/debian-12"],
  ["labels", {}],
  ["size", IMAGE_SIZE_GB],
  ["type", "pd-standard"],
];

function settleInterface(nic: Values, index: number, object: Values, around: GoogleSurroundings): void {
  const subnetwork = around.follow("google_compute_subnetwork", nic["subnetwork"], object);
  const network = around.follow(
    "google_compute_network",
    subnetwork?.attributes["network"] ?? nic["network"],
    object,
  );
  if (isUnknown(nic["network_ip"])) nic["network_ip"] = nextHost(nic["subnetwork"], object, around);
  choose(nic, {
    name: `nic${index}`,
    network: network ? `https://www.googleapis.com/compute/v1/${network.id}` : "",
    stack_type: "IPV4_ONLY",
    subnetwork_project: object["project"] ?? null,
  });
  for (const config of asBlocks(nic["access_config"])) {
    if (isUnknown(config["nat_ip"])) config["nat_ip"] = nextPublicAddress(around.store);
    choose(config, { network_tier: "PREMIUM" });
  }
}

function settleServiceAccount(object: Values, { settings }: GoogleSurroundings): void {
  const number = projectNumber(settings.project ?? "");
  for (const account of asBlocks(object["service_account"])) {
    choose(account, { email: `${number}-compute@developer.gserviceaccount.com` });
  }
}
