import { type JudgedChange, judgeStack } from "../../review/judge-stack";
import type { PlannedObject } from "../../rollout/planned-object";
import { aPlannedObject } from "../builders/planned-object";

const judge = (objects: readonly PlannedObject[], change: Partial<JudgedChange> = {}) =>
  judgeStack({ objects, files: { before: new Map(), after: new Map() }, isRetired: false, ...change });

const COMPOSE = "/etc/fleet/compose.yaml";
const files = (changed: Readonly<Record<string, string>>): JudgedChange["files"] => {
  const before = new Map([
    [COMPOSE, "services:\n  jicofo: { image: jicofo:1, env_file: [/etc/fleet/jicofo.env] }\n"],
    ["/etc/fleet/jicofo.env", "A=1\n"],
  ]);
  return { before, after: new Map([...before, ...Object.entries(changed)]) };
};
const newFiles = (): PlannedObject =>
  aPlannedObject({
    before: { metadata: { "fleet-files": "a" } },
    after: { metadata: { "fleet-files": "b" } },
  });

describe("judgeStack", () => {
  it("finds nothing in an empty plan", () => {
    expect(judge([])).toEqual({ notice: "none", reasons: [] });
  });

  it("takes an update that stops the machine for what it is", () => {
    expect(judge([aPlannedObject()])).toEqual({
      notice: "interrupts calls",
      reasons: [
        {
          notice: "interrupts calls",
          says: "machine type n2-standard-4 to n2-standard-8: the server stops and starts, and signalling is away for some minutes",
          instead: "Deploy it in a quiet hour, and tell the customer before.",
          at: ["google_compute_instance.server"],
        },
      ],
    });
  });

  it.each(["create", "update", "replace", "delete"] as const)(
    "takes the %s of a type that it does not know for one that interrupts calls",
    (action) => {
      const { notice, reasons } = judge([aPlannedObject({ type: "google_new_thing", name: "x", action })]);
      expect(notice).toBe("interrupts calls");
      expect(reasons[0]!.says).toMatch(/^not known: what a google_new_thing does to calls$/);
    },
  );

  it("takes an attribute that it does not know for one that interrupts calls, beside one that it knows", () => {
    const { notice, reasons } = judge([
      aPlannedObject({
        before: { labels: { a: "1" }, new_one: 1 },
        after: { labels: { a: "2" }, new_one: 2 },
      }),
    ]);
    expect(notice).toBe("interrupts calls");
    expect(reasons.map(({ says }) => says)).toEqual([
      "not known: what new_one of a google_compute_instance does to calls when it changes",
      "labels change in place",
    ]);
  });

  it("takes an update without a visible change for one that interrupts calls", () => {
    expect(judge([aPlannedObject({ after: { machine_type: "n2-standard-4" } })]).notice).toBe(
      "interrupts calls",
    );
  });

  it("says the same of several objects once", () => {
    const labels = (name: string) =>
      aPlannedObject({
        type: "google_secret_manager_secret",
        name,
        before: { labels: {} },
        after: { labels: { a: "1" } },
      });
    expect(judge([labels("a"), labels("b")]).reasons).toEqual([
      {
        notice: "none",
        says: "labels change in place",
        at: ["google_secret_manager_secret.a", "google_secret_manager_secret.b"],
      },
    ]);
  });

  it("asks the files of a server which service starts anew, and names the file", () => {
    const { notice, reasons } = judge([newFiles()], { files: files({ "/etc/fleet/jicofo.env": "A=2\n" }) });
    expect([notice, reasons[0]!.at]).toEqual(["moves calls", ["/etc/fleet/jicofo.env"]]);
  });

  it("does not take files for harmless that nobody is known to read, nor a service without a line in the table", () => {
    expect(judge([newFiles()], { files: files({ "/etc/fleet/strange.conf": "x\n" }) })).toMatchObject({
      notice: "interrupts calls",
      reasons: [{ at: ["/etc/fleet/strange.conf"] }],
    });
    const strange = (image: string) => new Map([[COMPOSE, `services: { strange: { image: "${image}" } }\n`]]);
    expect(judge([newFiles()], { files: { before: strange("a:1"), after: strange("a:2") } })).toMatchObject({
      notice: "interrupts calls",
      reasons: [{ says: expect.stringContaining("service strange starts anew") }],
    });
    expect(judge([newFiles()], { files: files({}) }).notice).toBe("interrupts calls");
  });

  it("lets programs and comments change without a caller noticing", () => {
    const changed = files({
      "/etc/fleet/programs/fleet-apply": "new",
      "/etc/fleet/jicofo.env": "# A comment.\nA=1\n",
    });
    expect(judge([newFiles()], { files: changed })).toMatchObject({ notice: "none" });
  });

  const machine = (action: PlannedObject["action"]) =>
    aPlannedObject({
      type: "linode_instance",
      name: "bridge-3",
      action,
      before: { ipv4: ["192.0.2.3"] },
      after: null,
    });
  const drain = aPlannedObject({
    type: "terraform_data",
    name: "drain",
    key: "bridge-3",
    action: "delete",
    after: null,
  });
  const push = (draining: boolean) =>
    aPlannedObject({
      ...{ type: "terraform_data", name: "push-3", action: "delete", after: null },
      before: { triggers_replace: { draining } },
    });

  it.each([
    ["without a drain", [machine("delete")], "interrupts calls"],
    ["with a drain", [machine("delete"), drain, push(false)], "drains bridges"],
    ["that was drained by an earlier deploy", [machine("delete"), drain, push(true)], "new calls only"],
    ["without a drain, replaced", [machine("replace")], "interrupts calls"],
  ] as const)("a bridge that goes %s", (_, objects, notice) => {
    expect(judge(objects).notice).toBe(notice);
  });

  it("takes a whole pool that goes for more than its bridges, unless they were all drained before", () => {
    expect(judge([machine("delete"), drain, push(false)], { isRetired: true }).notice).toBe(
      "interrupts calls",
    );
    expect(judge([machine("delete"), drain, push(true)], { isRetired: true }).notice).toBe("new calls only");
  });

  const firewall = (before: readonly string[], after: readonly string[], ports = ["6222"]) =>
    aPlannedObject({
      ...{ type: "google_compute_firewall", name: "brewery-abc" },
      before: { allow: [{ protocol: "tcp", ports }], source_ranges: before },
      after: { allow: [{ protocol: "tcp", ports }], source_ranges: after },
    });

  it("lets ways in open, close for machines that go and for SSH, and no others", () => {
    expect(judge([firewall(["192.0.2.1/32"], ["192.0.2.1/32", "192.0.2.2/32"])]).notice).toBe("none");
    expect(judge([firewall(["192.0.2.1/32", "192.0.2.3/32"], ["192.0.2.1/32"])]).notice).toBe(
      "interrupts calls",
    );
    expect(
      judge([
        firewall(["192.0.2.1/32", "192.0.2.3/32"], ["192.0.2.1/32"]),
        machine("delete"),
        drain,
        push(true),
      ]).notice,
    ).toBe("new calls only");
    expect(judge([firewall(["192.0.2.1/32"], [], ["22"])]).notice).toBe("none");
  });

  it("takes a template that Google brings to bridges by itself for more than one that the keeper brings", () => {
    const group = (type: string) =>
      aPlannedObject({
        ...{ type: "google_compute_region_instance_group_manager", name: "group" },
        before: { update_policy: [{ type }], version: [{ instance_template: "a" }] },
        after: { update_policy: [{ type }], version: [{}] },
        unknown: { version: [{ instance_template: true }] },
      });
    expect(judge([group("OPPORTUNISTIC")]).notice).toBe("drains bridges");
    expect(judge([group("PROACTIVE")]).notice).toBe("interrupts calls");
  });
});
