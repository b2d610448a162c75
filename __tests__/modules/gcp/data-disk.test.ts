import { buildDataDisk } from "../../../modules/gcp/data-disk";
import { aCustomer } from "../../builders/fleet";
import { terraformOf } from "../../builders/terraform";

const customer = aCustomer({ snapshots: { startTimeUtc: "04:00", retentionDays: 30 } });
const disk = (protect: boolean) =>
  terraformOf((stack) =>
    buildDataDisk(stack, { customer, region: "europe-west4", labels: { owner: "acme" }, protect }),
  ).resource;

describe("buildDataDisk", () => {
  it("keeps daily snapshots as long as the data says, also of a disk that is gone", () => {
    const { google_compute_resource_policy: policies } = disk(true);
    expect(policies["data-snapshots"].snapshot_schedule_policy).toEqual({
      schedule: { daily_schedule: { days_in_cycle: 1, start_time: "04:00" } },
      retention_policy: { max_retention_days: 30, on_source_disk_delete: "KEEP_AUTO_SNAPSHOTS" },
      snapshot_properties: { labels: { owner: "acme" } },
    });
  });

  it("takes them of this disk", () => {
    expect(disk(true).google_compute_disk_resource_policy_attachment["data-snapshots-on-disk"]).toEqual({
      name: "${google_compute_resource_policy.data-snapshots.name}",
      disk: "${google_compute_disk.data.name}",
      zone: "europe-west4-a",
    });
  });

  it.each([true, false])("protects the disk as told: %p", (protect) => {
    expect(disk(protect).google_compute_disk.data.lifecycle.prevent_destroy).toBe(protect);
  });
});
