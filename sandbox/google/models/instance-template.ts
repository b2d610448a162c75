import { asBlocks, asText, isUnknown, UNKNOWN } from "../../protocol/value";
import { fingerprint, serialText } from "../serial-number";
import { IMAGE_SIZE_GB } from "./disk";
import { checkMetadata, choose, DEFAULT_SCHEDULING } from "./instance";
import { gceName } from "./network";
import type { ResourceModel } from "../../engine/resource-model";
import type { GoogleSettings } from "../settings";

type Model = ResourceModel<GoogleSettings>;

/** A generated name is the prefix and 26 characters; longer prefixes get a shorter ending. */
const LONGEST_PREFIX = 54;
const PREFIX_WITH_LONG_ENDING = 37;

const template: Model = {
  computedBlocks: [
    "confidential_instance_config",
    "reservation_affinity",
    "scheduling",
    "shielded_instance_config",
  ],
  references: [
    { path: "network_interface.network", type: "google_compute_network", holds: false },
    { path: "network_interface.subnetwork", type: "google_compute_subnetwork", holds: false },
    { path: "resource_policies", type: "google_compute_resource_policy", holds: false },
  ],
  rules: [
    gceName("name"),
    {
      path: "name_prefix",
      check: (value, name) => {
        const length = asText(value)?.length ?? 0;
        return length <= LONGEST_PREFIX
          ? undefined
          : `"${name}" cannot be longer than ${LONGEST_PREFIX} characters, got ${length}`;
      },
    },
  ],
  validate: checkMetadata,
  plan({ prior, planned, config }) {
    // A given name leaves nothing to generate.
    if (!prior && config["name"] !== null && isUnknown(planned["name_prefix"])) planned["name_prefix"] = "";
    // Nothing at all: the whole name is generated.
    if (!prior && config["name"] === null && config["name_prefix"] === null) planned["name_prefix"] = UNKNOWN;
  },
  chosen: (object, { store }) => ({
    name: generatedName(asText(object["name_prefix"]) ?? "terraform-", store.next("google template")),
    numeric_id: serialText(store),
    scheduling: [DEFAULT_SCHEDULING],
  }),
  settle(object) {
    asBlocks(object["disk"]).forEach((disk, index) =>
      choose(disk, {
        boot: index === 0,
        device_name: `persistent-disk-${index}`,
        disk_size_gb: IMAGE_SIZE_GB,
        disk_type: "pd-standard",
        interface: "SCSI",
        mode: "READ_WRITE",
        type: "PERSISTENT",
      }),
    );
    asBlocks(object["network_interface"]).forEach((nic, index) => {
      choose(nic, {
        name: `nic${index}`,
        stack_type: "IPV4_ONLY",
        subnetwork_project: object["project"] ?? null,
      });
      asBlocks(nic["access_config"]).forEach((config) => choose(config, { network_tier: "PREMIUM" }));
    });
    asBlocks(object["scheduling"]).forEach((scheduling) => choose(scheduling, DEFAULT_SCHEDULING));
    if (isUnknown(object["self_link_unique"])) {
      object["self_link_unique"] = `${String(object["self_link"])}?uniqueId=${String(object["numeric_id"])}`;
    }
  },
};

function generatedName(prefix: string, serial: number): string {
  const ending = fingerprint(serial)
    .replace(/[^a-z0-9]/gi, "0")
    .toLowerCase();
  return prefix.length > PREFIX_WITH_LONG_ENDING
    ? `${prefix}${String(serial).padStart(9, "0")}`
    : `${prefix}${String(serial).padStart(14, "0")}${ending}`;
}

/** What new instances of a group are made from. Nothing in a template can be changed. */
export const instanceTemplateModels: Readonly<Record<string, Model>> = {
  google_compute_instance_template: template,
  google_compute_region_instance_template: template,
};
