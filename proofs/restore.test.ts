import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRehearsal, type Rehearsal } from "../sandbox/rehearsal";
import { objectLine } from "../cli/review/review-words";

let directory: string;
let rehearsal: Rehearsal;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "fleet-restore-"));
  rehearsal = await startRehearsal({ synthesized: "synthesized", directory });
  for (const stack of ["account-acme", "customer-abc"]) await rehearsal.apply(stack);
});
afterAll(async () => {
  await rehearsal.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The one object of a type in the pretended Google Cloud whose attribute is so. */
const theObject = (type: string, name: string) => {
  const found = rehearsal.store.list("google", type).find(([, { name: its }]) => its === name);
  if (!found) throw new Error(`there is no ${type} ${name}`);
  return found;
};

// docs/operations.md, "Bring back data from a snapshot".
describe("a data disk that people replaced by one made from a snapshot", () => {
  it("is taken over as it is: only the daily snapshots are attached to it again", async () => {
    const [disk, attributes] = theObject("google_compute_disk", "abc-data");
    rehearsal.store.put("google", "google_compute_disk", disk, {
      ...attributes,
      disk_id: "4711",
      snapshot: "https://www.googleapis.com/compute/v1/projects/acme-meet-prod/global/snapshots/abc-data-1",
      source_snapshot_id: "815",
    });
    const [attachment] = theObject("google_compute_disk_resource_policy_attachment", "abc-data");
    rehearsal.store.remove("google", "google_compute_disk_resource_policy_attachment", attachment);
    await rehearsal.store.commit();

    expect((await rehearsal.plan("customer-abc")).map(objectLine)).toEqual([
      "+ google_compute_disk_resource_policy_attachment.data-snapshots-on-disk",
    ]);
    await rehearsal.apply("customer-abc");
    expect(await rehearsal.plan("customer-abc")).toEqual([]);
  });
});
