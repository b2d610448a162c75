import { asBlocks, asList, asNumber, isUnknown } from "../../protocol/value";
import type { ResourceModel } from "../../engine/resource-model";
import type { GoogleSettings } from "../settings";

/** Gigabytes of a disk that says nothing: the size of the common images, or the API's default for an empty disk. */
export const IMAGE_SIZE_GB = 10;
const EMPTY_DISK_SIZE_GB = 500;

/** Disks, images and the policies that are attached to disks. */
export const diskModels: Readonly<Record<string, ResourceModel<GoogleSettings>>> = {
  google_compute_disk: {
    clientOnly: ["create_snapshot_before_destroy", "create_snapshot_before_destroy_prefix"],
    computedBlocks: ["guest_os_features"],
    plan({ prior, planned, replace }) {
      const [before, after] = [asNumber(prior?.["size"]), asNumber(planned["size"])];
      if (before !== undefined && after !== undefined && after < before) replace("size");
    },
    chosen: (object) => ({
      size: typeof object["image"] === "string" ? IMAGE_SIZE_GB : EMPTY_DISK_SIZE_GB,
      physical_block_size_bytes: 4096,
      access_mode: "READ_WRITE_SINGLE",
    }),
    observe: (object, around) => ({
      users: around
        .list("google_compute_instance")
        .filter(({ attributes }) =>
          asBlocks(attributes["attached_disk"]).some(
            (disk) => around.follow("google_compute_disk", disk["source"], attributes)?.id === object["id"],
          ),
        )
        .map(({ attributes }) => String(attributes["self_link"])),
    }),
  },
  google_compute_disk_resource_policy_attachment: {
    references: [
      { path: "disk", type: "google_compute_disk", holds: false },
      { path: "name", type: "google_compute_resource_policy" },
    ],
  },
  google_compute_image: {
    references: [{ path: "source_disk", type: "google_compute_disk", holds: false }],
    validate(config) {
      const sources = ["source_disk", "source_image", "source_snapshot", "raw_disk"];
      const given = sources.filter((name) => {
        const value = config[name] ?? null;
        return isUnknown(value) || (value !== null && !(Array.isArray(value) && asList(value).length === 0));
      });
      return given.length > 0 ? [] : [{ summary: `one of ${sources.join(", ")} must be specified` }];
    },
    chosen: () => ({ disk_size_gb: IMAGE_SIZE_GB, storage_locations: ["eu"] }),
  },
};
