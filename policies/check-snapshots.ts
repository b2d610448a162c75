import { blocksOf } from "./blocks";
import type { Finding, Policy, Resource } from "./policy";

const DISK = /^google_compute_(?:region_)?disk$/;
const ATTACHMENT = /^google_compute_(?:region_)?disk_resource_policy_attachment$/;

export const checkSnapshots: Policy = {
  id: "snapshots",
  rule: "Every data disk has a snapshot schedule, and its snapshots outlive it.",
  reason: "Accounts, certificates and measurements of the customer are on it, and a disk can be lost.",
  fix: "Attach the stack's snapshot schedule to the disk, with on_source_disk_delete KEEP_AUTO_SNAPSHOTS.",
  check: ({ resources }) => [...checkDisks(resources), ...resources.flatMap(checkSchedule)],
};

function checkDisks(resources: readonly Resource[]): Finding[] {
  const attached = resources
    .filter(({ type }) => ATTACHMENT.test(type))
    .map(({ attributes }) => String(attributes["disk"]));
  return resources
    .filter(
      ({ type, address, attributes: { name } }) =>
        DISK.test(type) &&
        !attached.some(
          (disk) => disk === name || [".", "["].some((next) => disk.startsWith(`\${${address}${next}`)),
        ),
    )
    .map((on) => ({
      on,
      message: "no snapshot schedule is attached to the disk; a lost disk would be lost for good; attach one",
    }));
}

/** Google keeps them unless it is told otherwise. */
const checkSchedule = (on: Resource): Finding[] =>
  on.type !== "google_compute_resource_policy"
    ? []
    : blocksOf(on.attributes, "snapshot_schedule_policy")
        .flatMap((policy) => blocksOf(policy, "retention_policy"))
        .filter(({ on_source_disk_delete: then = "KEEP_AUTO_SNAPSHOTS" }) => then !== "KEEP_AUTO_SNAPSHOTS")
        .map(() => ({
          on,
          message:
            "the snapshots go with the disk; a disk destroyed by mistake would be lost for good; " +
            "set on_source_disk_delete to KEEP_AUTO_SNAPSHOTS",
        }));
