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

  it.each([
    [
      "at Google",
      aPlannedObject({
        type: "google_compute_region_instance_group_manager",
        before: { version: [{ instance_template: "a" }], update_policy: [{ type: "OPPORTUNISTIC" }] },
        after: { version: [{ instance_template: "b" }], update_policy: [{ type: "OPPORTUNISTIC" }] },
      }),
    ],
    [
      "at Linode",
      aPlannedObject({
        ...{ type: "terraform_data", name: "push-1", action: "replace" },
        before: { triggers_replace: { files: "a" } },
        after: { triggers_replace: { files: "b" } },
      }),
    ],
  ])("says how an upgrade is done where bridges %s get another image, and else not", (_, bridges) => {
    const of = (image: string) => new Map([[COMPOSE, `services:\n  jvb: { image: ${image} }\n# ${image}\n`]]);
    const advice = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) =>
      judge([bridges], { files: { before, after } }).reasons.map(({ notice, instead }) => [notice, instead]);
    expect(advice(of("jvb:1"), of("jvb:2"))).toEqual([
      ["drains bridges", expect.stringMatching(/^Bridges of two versions never share a call/)],
    ]);
    const env = new Map([...of("jvb:1"), ["/etc/fleet/jvb.env", "A=1"] as const]);
    expect(advice(of("jvb:1"), env)).toEqual([["drains bridges", undefined]]);
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
      "/etc/fleet/programs/fleet-secrets": "new",
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

  it("pushes files beside a bridge whose labels change as it does otherwise", () => {
    const pushed = (after: Readonly<Record<string, string>>) =>
      aPlannedObject({
        ...{ type: "terraform_data", name: "push-3", action: "replace" as const },
        before: { triggers_replace: { machine: "1", files: "a" } },
        after: { triggers_replace: { machine: "1", ...after } },
      });
    const labelled = aPlannedObject({
      ...{ type: "linode_instance", name: "bridge-3", before: { tags: [] }, after: { tags: ["a:b"] } },
    });
    const change = { files: files({ "/etc/fleet/jvb.env": "A=1\n" }) };
    expect(judge([pushed({ files: "b" }), labelled], change).notice).toBe("drains bridges");
    expect(judge([pushed({ files: "b" }), machine("create")], change).notice).toBe("new calls only");
    const telegraf = { files: files({ "/etc/fleet/telegraf/telegraf.conf": "x" }) };
    expect(judge([pushed({ files: "b" })], telegraf).notice).toBe("none");
    expect(judge([pushed({ files: "b", other: "c" })], telegraf).notice).toBe("interrupts calls");
  });

  it("takes a push to a machine that is there under a new name for one that may drain it", () => {
    const push = aPlannedObject({ type: "terraform_data", name: "push-9", action: "create", before: null });
    expect(judge([push]).notice).toBe("drains bridges");
  });

  it("takes a drain that goes while its machine stays for what it runs", () => {
    expect(judge([drain]).notice).toBe("interrupts calls");
    expect(judge([{ ...drain, action: "replace" }]).notice).toBe("interrupts calls");
  });

  it("takes machines that are replaced together for a pool that is away, however they are drained", () => {
    const replaced = (number: number) => [
      { ...machine("replace"), name: `bridge-${number}`, address: `linode_instance.bridge-${number}` },
      { ...drain, action: "replace" as const, address: `terraform_data.drain["bridge-${number}"]` },
    ];
    expect(judge(replaced(1)).notice).toBe("drains bridges");
    expect(judge([...replaced(1), ...replaced(2)]).notice).toBe("interrupts calls");
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
    expect(judge([firewall(["192.0.2.1/32", "192.0.2.2/32"], ["192.0.2.0/24"])]).notice).toBe("none");
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

  it.each([
    ["a rule that denies", { deny: [{ protocol: "udp" }], source_ranges: ["0.0.0.0/0"] }],
    ["a rule for what goes out", { direction: "EGRESS", allow: [{ protocol: "all" }] }],
  ])("does not take %s for a way in", (_, after) => {
    const rule = { type: "google_compute_firewall", name: "x", action: "create" as const, before: null };
    expect(judge([aPlannedObject({ ...rule, after })]).notice).toBe("interrupts calls");
    const open = { allow: [{ protocol: "udp" }], source_ranges: ["0.0.0.0/0"] };
    expect(judge([aPlannedObject({ ...rule, after: open })]).notice).toBe("none");
  });

  it("does not take tags of a Google machine for labels, because firewalls go by them", () => {
    expect(judge([aPlannedObject({ before: { tags: [] }, after: { tags: ["web"] } })]).notice).toBe(
      "interrupts calls",
    );
  });

  it("takes another address of a name for what it is, and one of another kind for not known", () => {
    const record = { type: "google_dns_record_set", name: "x", action: "create" as const, before: null };
    expect(judge([aPlannedObject({ ...record, after: { type: "A" } })]).notice).toBe("none");
    expect(judge([aPlannedObject({ ...record, after: { type: "AAAA" } })]).notice).toBe("interrupts calls");
  });

  it("takes an end of a service that calls need for more than its new start", () => {
    const compose = (service: string) => new Map([[COMPOSE, `services: { ${service}: { image: "a:1" } }\n`]]);
    const after = compose("grafana");
    const ends = (service: string, isServed = true) =>
      judge([newFiles()], {
        files: { before: compose(service), after },
        hasOtherBridges: (customer) => customer === undefined && isServed,
      }).notice;
    expect(["web", "jicofo", "jvb", "telegraf"].map((service) => ends(service))).toEqual([
      ...["interrupts calls", "interrupts calls", "moves calls", "none"],
    ]);
    expect(ends("jvb", false)).toBe("interrupts calls");
  });

  it("takes another way of fleet-apply to compare services for one that may start them anew", () => {
    const program = (text: string) => ({ "/etc/fleet/programs/fleet-apply": text });
    const apply =
      'PROJECT = "fleet"\ndef digest():\n    1\ndef rehearse():\n    1\ndef label_of():\n    1\ndef start():\n    1\n';
    const change = (text: string) => ({
      before: new Map([...files(program(apply)).after]),
      after: new Map([...files(program(text)).after]),
    });
    const notice = (text: string) => judge([newFiles()], { files: change(text) }).notice;
    expect(notice(`${apply}def other():\n    2\n`)).toBe("none");
    expect(notice(apply.replace("label_of():\n    1", "label_of():\n    2"))).toBe("interrupts calls");
  });

  it("takes a new password for one that the server fetches only where its list of secrets is another one", () => {
    const version = aPlannedObject({
      ...{
        type: "google_secret_manager_secret_version",
        name: "secret-versions",
        action: "replace" as const,
      },
      before: { secret: "a" },
    });
    expect(
      judge([version, aPlannedObject({ before: { labels: {} }, after: { labels: { a: "1" } } })]).notice,
    ).toBe("interrupts calls");
    expect(judge([version], { files: files({ "/etc/fleet/secrets.json": "{}" }) }).notice).toBe("none");
  });

  it.each([
    ["roles/logging.logWriter", "none"],
    ["projects/p/roles/fleetKeeper", "none"],
    ["roles/monitoring.metricWriter", "new calls only"],
    ["roles/secretmanager.secretAccessor", "interrupts calls"],
  ])("takes %s away from an account of machines", (role, notice) => {
    const grant = { type: "google_project_iam_member", name: "x", action: "delete" as const, after: null };
    expect(judge([aPlannedObject({ ...grant, before: { role } })]).notice).toBe(notice);
  });

  it("takes a rule that deletes what is current in a bucket for a loss", () => {
    const bucket = (condition: Readonly<Record<string, number>>) =>
      aPlannedObject({
        ...{ type: "google_storage_bucket", name: "artifacts", before: { lifecycle_rule: [] } },
        after: { lifecycle_rule: [{ action: [{ type: "Delete" }], condition: [condition] }] },
      });
    expect(judge([bucket({ days_since_noncurrent_time: 1 })]).notice).toBe("none");
    expect(judge([bucket({ age: 30 })]).notice).toBe("destroys data");
  });

  it("takes a service of Google's project that is switched off for more than one that is left on", () => {
    const service = (disable: boolean) =>
      aPlannedObject({
        ...{ type: "google_project_service", name: "services", action: "delete" as const, after: null },
        before: { service: "compute.googleapis.com", disable_on_destroy: disable },
      });
    expect([false, true].map((disable) => judge([service(disable)]).notice)).toEqual([
      "none",
      "interrupts calls",
    ]);
  });
});
