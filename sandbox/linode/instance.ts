import catalog from "../../model/data/linode-catalog.json";
import { Refusal } from "../protocol/diagnostic";
import { asBlocks, asNumber, asText, asTexts, isUnknown } from "../protocol/value";
import { lengthBetween, matches } from "../engine/value-rules";
import { nextPublicAddress } from "../store/public-address";
import { linodeError, refuseSameLabel } from "./linode-cloud";
import { PLACEMENT_GROUP_LIMIT, membersOf } from "./placement-group";
import type { ValueRule } from "../engine/value-rules";
import type { Values } from "../protocol/value";
import type { LinodeModel } from "./linode-cloud";

const TYPE = { name: "linode_instance" };

/** Bytes of user data, and characters of its base64 form: the documentation names both, the smaller one counts. */
const USER_DATA_BYTES = 65_535;
const USER_DATA_CHARACTERS = 16_384;

/** What a new Linode has: an alert at so many percent of each CPU, and swap. */
const ALERTS_PER_CPU = 90;
const SWAP_MB = 512;

interface Size {
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly diskMb: number;
  readonly transferGb: number;
}
const sizes: Readonly<Record<string, Size>> = catalog.types;
const UNKNOWN_SIZE: Size = { vcpus: 1, memoryMb: 2048, diskMb: 51_200, transferGb: 2000 };

const userData: ValueRule = {
  path: "metadata.user_data",
  check(value, name) {
    const text = asText(value) ?? "";
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text.replace(/\n/g, ""))) return `${name} must be base64 encoded`;
    const bytes = Buffer.from(text, "base64").length;
    if (bytes > USER_DATA_BYTES)
      return `${name} must not exceed ${USER_DATA_BYTES} bytes when decoded, got ${bytes}`;
    if (text.length <= USER_DATA_CHARACTERS) return undefined;
    return `${name} must not exceed ${USER_DATA_CHARACTERS} base64 characters, got ${text.length}`;
  },
};

/** One virtual machine. */
export const instance: LinodeModel = {
  clientOnly: [
    "authorized_keys",
    "authorized_users",
    "backup_id",
    "image",
    "metadata",
    "migration_type",
    "network_helper",
    "placement_group_externally_managed",
    "private_ip",
    "resize_disk",
    "root_pass",
    "stackscript_data",
    "stackscript_id",
  ],
  hidden: ["firewall_id"],
  computedBlocks: ["alerts", "config", "disk"],
  rules: [
    lengthBetween("label", 3, 50),
    matches("label", /^[a-zA-Z0-9]([-_.]?[a-zA-Z0-9]+)*[-_.]?$/),
    lengthBetween("root_pass", 11, 128),
    userData,
  ],
  references: [
    { path: "firewall_id", type: "linode_firewall", holds: false },
    { path: "placement_group.id", type: "linode_placement_group" },
    { path: "interface.subnet_id", type: "linode_vpc_subnet" },
  ],
  check({ prior, planned }, around) {
    refuseSameLabel("linode_instance", "label", planned, around, prior);
    for (const group of asBlocks(planned["placement_group"])) {
      const members = membersOf(String(group["id"]), around).filter((id) => String(id) !== prior?.["id"]);
      const found = around.follow("linode_placement_group", group["id"], planned);
      const region = found?.attributes["region"];
      if (members.length >= PLACEMENT_GROUP_LIMIT) {
        const reason = `placement group ${String(group["id"])} already has ${members.length} Linodes; the limit is ${PLACEMENT_GROUP_LIMIT}`;
        throw new Refusal(linodeError("creating", TYPE, 400, reason, "placement_group"), ["placement_group"]);
      }
      if (region !== undefined && region !== planned["region"]) {
        const reason = `placement group ${String(group["id"])} is in ${String(region)}, the Linode in ${String(planned["region"])}`;
        throw new Refusal(linodeError("creating", TYPE, 400, reason, "placement_group"), ["placement_group"]);
      }
    }
  },
  chosen(object, { store }) {
    const size = sizes[asText(object["type"]) ?? ""] ?? UNKNOWN_SIZE;
    const id = Number(object["id"]);
    const address = isUnknown(object["ipv4"]) ? nextPublicAddress(store) : (asTexts(object["ipv4"])[0] ?? "");
    const privateAddress =
      object["private_ip"] === true ? `192.168.${128 + (id % 100)}.${(id % 250) + 1}` : "";
    return {
      alerts: [
        { cpu: ALERTS_PER_CPU * size.vcpus, io: 10_000, network_in: 10, network_out: 10, transfer_quota: 80 },
      ],
      backups: [
        {
          available: false,
          enabled: object["backups_enabled"] === true,
          schedule: [{ day: "", window: "" }],
        },
      ],
      booted: true,
      capabilities: [],
      disk_encryption: "enabled",
      has_user_data: asBlocks(object["metadata"]).some(
        (metadata) => asText(metadata["user_data"]) !== undefined,
      ),
      host_uuid: `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`,
      interface_generation: "legacy_config",
      ip_address: address,
      ipv4: privateAddress === "" ? [address] : [privateAddress, address].sort(),
      ipv6: `2001:db8::${(id >>> 16).toString(16)}:${(id & 0xffff).toString(16)}/128`,
      label: `linode${id}`,
      maintenance_policy: "linode/migrate",
      private_ip_address: privateAddress,
      specs: specsOf(size),
      status: object["booted"] === false ? "offline" : "running",
      swap_size: SWAP_MB,
    };
  },
  settle(object, around) {
    // A new type has new numbers at once.
    object["specs"] = specsOf(sizes[asText(object["type"]) ?? ""] ?? UNKNOWN_SIZE);
    for (const group of asBlocks(object["placement_group"])) {
      const found = around.follow("linode_placement_group", group["id"], object)?.attributes;
      group["label"] = found?.["label"] ?? "";
      group["placement_group_type"] = found?.["placement_group_type"] ?? "";
      group["placement_group_policy"] = found?.["placement_group_policy"] ?? "";
    }
  },
  checkDelete(object, around) {
    const lock = around
      .list("linode_lock")
      .find(
        ({ attributes: { entity_type: kind, entity_id: id } }) =>
          kind === "linode" && asNumber(id) === Number(object["id"]),
      );
    if (!lock) return;
    throw new Refusal(
      linodeError(
        "deleting",
        TYPE,
        400,
        `Linode ${String(object["id"])} is locked by lock ${lock.id} and cannot be deleted`,
      ),
    );
  },
};

const specsOf = (size: Size): Values[] => [
  {
    accelerated_devices: 0,
    disk: size.diskMb,
    gpus: 0,
    memory: size.memoryMb,
    transfer: size.transferGb,
    vcpus: size.vcpus,
  },
];
