import { type JudgedChange, judgeStack } from "../../review/judge-stack";
import type { PlannedObject } from "../../rollout/planned-object";
import { aPlannedObject } from "../builders/planned-object";

const judge = (objects: readonly PlannedObject[], change: Partial<JudgedChange> = {}) =>
  judgeStack({ objects, files: { before: new Map(), after: new Map() }, isRetired: false, ...change });

describe("judgeStack, of machines and their data", () => {
  const MOUNTS = (directory: string, options = "noauto") =>
    `#cloud-config\nmounts: [[/dev/disk/by-id/google-data, ${directory}, ext4, "${options}"]]\n`;

  it.each([
    ["a comment", `${MOUNTS("/var/lib/fleet")}# A.\n`, "none", "interrupts calls"],
    ["the place of the data disk", MOUNTS("/data"), "destroys data", "destroys data"],
    ["no data disk", "#cloud-config\npackages: []\n", "destroys data", "destroys data"],
    ["no text that can be read", "a: [", "interrupts calls", "interrupts calls"],
  ])(
    "sees in another cloud-init %s, for the server of now and for its next machine",
    (_, text, inPlace, anew) => {
      const of = (userData: string) => ({ metadata: { "user-data": userData } });
      const [before, after] = [of(MOUNTS("/var/lib/fleet")), of(text)];
      expect(judge([aPlannedObject({ before, after })]).notice).toBe(inPlace);
      expect(judge([aPlannedObject({ action: "replace", before, after })]).notice).toBe(anew);
    },
  );

  it.each([
    ["another disk", [{ source: "b", device_name: "data" }], "destroys data"],
    ["no disk", [], "destroys data"],
    ["another name of the disk", [{ source: "a", device_name: "x" }], "interrupts calls"],
  ])("a server that gets %s", (_, disks, notice) => {
    const before = { attached_disk: [{ source: "a", device_name: "data" }] };
    expect(judge([aPlannedObject({ before, after: { attached_disk: disks } })]).notice).toBe(notice);
  });

  it.each([
    ["max_retention_days", 14, 30, "none"],
    ["max_retention_days", 14, 3, "destroys data"],
    ["on_source_disk_delete", "KEEP_AUTO_SNAPSHOTS", "APPLY_RETENTION_POLICY", "destroys data"],
    ["on_source_disk_delete", "APPLY_RETENTION_POLICY", "KEEP_AUTO_SNAPSHOTS", "none"],
  ])("snapshots whose %s goes from %p to %p", (attribute, before, after, notice) => {
    const of = (value: string | number) => ({
      snapshot_schedule_policy: [{ retention_policy: [{ [attribute]: value }] }],
    });
    const [was, is] = [of(before), of(after)];
    const policy = { type: "google_compute_resource_policy", name: "data-snapshots" };
    expect(judge([aPlannedObject({ ...policy, before: was, after: is })]).notice).toBe(notice);
  });

  it.each([
    ["in one go, as before", { provisioning_model: "STANDARD", on_host_maintenance: "MIGRATE" }, "none"],
    ["preemptible", { preemptible: true }, "interrupts calls"],
    ["of the model SPOT", { provisioning_model: "SPOT" }, "interrupts calls"],
    ["stopped at maintenance", { on_host_maintenance: "TERMINATE" }, "interrupts calls"],
    ["for an hour", { max_run_duration: [{ seconds: 3600 }] }, "interrupts calls"],
  ])("a template whose machines run %s", (_, scheduling, notice) => {
    const template = { type: "google_compute_region_instance_template", name: "template" };
    const of = (settings: object) => ({ scheduling: [settings] }) as PlannedObject["after"];
    for (const [action, before] of [
      ["create", null],
      ["replace", of({ provisioning_model: "STANDARD" })],
    ] as const)
      expect(judge([aPlannedObject({ ...template, action, before, after: of(scheduling) })]).notice).toBe(
        notice,
      );
    // They were so before: nothing begins.
    expect(
      judge([
        aPlannedObject({ ...template, action: "replace", before: of(scheduling), after: of(scheduling) }),
      ]).notice,
    ).toBe("none");
  });

  it.each([
    ["google_compute_disk", "size", 50, 80, "none"],
    ["google_compute_disk", "size", 50, 20, "interrupts calls"],
    ["google_compute_subnetwork", "ip_cidr_range", "10.0.16.0/20", "10.0.0.0/19", "none"],
    ["google_compute_subnetwork", "ip_cidr_range", "10.0.16.0/20", "10.9.0.0/16", "interrupts calls"],
    ["google_compute_subnetwork", "ip_cidr_range", "10.0.16.0/20", null, "interrupts calls"],
  ])("a %s whose %s goes from %p to %p in place", (type, attribute, before, after, notice) => {
    const object = aPlannedObject({
      ...{ type, name: "x", before: { [attribute]: before }, after: { [attribute]: after } },
    });
    expect(judge([object]).notice).toBe(notice);
  });

  it("does not know whom a drain meets that goes to another address, while its machine stays", () => {
    const drain = (key: string, before: number | string, after: number | string) =>
      aPlannedObject({
        ...{ type: "terraform_data", name: "drain", key: "bridge-1" },
        before: { input: { [key]: before } },
        after: { input: { [key]: after } },
      });
    expect(judge([drain("host", "192.0.2.1", "192.0.2.9")]).notice).toBe("interrupts calls");
    expect(judge([drain("drain_minutes", 60, 30)]).notice).toBe("none");
  });
});
