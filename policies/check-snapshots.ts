import type { Policy } from "./policy";

export const checkSnapshots: Policy = {
  id: "snapshots",
  rule: "Every data disk has a snapshot schedule.",
  reason: "Accounts, certificates and measurements of the customer are on it, and a disk can be lost.",
  fix: "Attach the stack's snapshot schedule to the disk.",
  check: ({ resources }) => {
    const attached = resources
      .filter(({ type }) => type === "google_compute_disk_resource_policy_attachment")
      .map(({ attributes }) => String(attributes["disk"]));
    return resources
      .filter(
        ({ type, address, attributes }) =>
          type === "google_compute_disk" &&
          !attached.some((disk) => disk === attributes["name"] || disk.startsWith(`\${${address}.`)),
      )
      .map((on) => ({
        on,
        message:
          "no snapshot schedule is attached to the disk; a lost disk would be lost for good; attach one",
      }));
  },
};
