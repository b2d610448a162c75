import { type JudgedChange, judgeStack } from "../../review/judge-stack";
import type { PlannedObject } from "../../rollout/planned-object";
import { aPlannedObject } from "../builders/planned-object";

const judge = (objects: readonly PlannedObject[], change: Partial<JudgedChange> = {}) =>
  judgeStack({ objects, files: { before: new Map(), after: new Map() }, isRetired: false, ...change });

const COMPOSE = "/etc/fleet/compose.yaml";
const newFiles = aPlannedObject({
  before: { metadata: { "fleet-files": "a" } },
  after: { metadata: { "fleet-files": "b" } },
});
const gone = { action: "delete" as const, before: {}, after: null };
const machine = aPlannedObject({ type: "linode_instance", name: "bridge-3", ...gone });
const drain = aPlannedObject({ type: "terraform_data", name: "drain", key: "bridge-3", ...gone });

describe("judgeStack, of bridges that customers lose", () => {
  it.each([
    ["it has others", true, "moves calls"],
    ["it has no others", false, "interrupts calls"],
  ])("takes a customer off a pool: its calls go to its other bridges, and where %s", (_, has, notice) => {
    const rule = aPlannedObject({
      ...{ type: "google_compute_firewall", name: "brewery-abc", action: "delete", after: null },
      before: { allow: [{ protocol: "tcp", ports: ["6222"] }], source_ranges: ["192.0.2.1/32"] },
    });
    const asked: (string | undefined)[] = [];
    const hasOtherBridges = (customer?: string) => asked.push(customer) > 0 && has;
    expect(judge([rule], { hasOtherBridges }).notice).toBe(notice);
    expect(asked).toEqual(["abc"]);
    expect(judge([rule], { hasOtherBridges, isRetired: true }).notice).toBe("none");
    // Replaced or narrowed, it is a way in that closes while the bridges need it.
    expect(judge([{ ...rule, action: "replace" }], { hasOtherBridges }).notice).toBe("interrupts calls");
  });

  it("takes the end of media on a server for less only when the bridge ends with it, and there are others", () => {
    const media = aPlannedObject({
      ...{ type: "google_compute_firewall", name: "media-on-server", action: "delete", after: null },
      before: { allow: [{ protocol: "udp", ports: ["10000"] }], source_ranges: ["0.0.0.0/0"] },
    });
    const compose = (services: string) =>
      new Map([[COMPOSE, `services: { a: { image: a }, ${services} }\n`]]);
    const before = compose("jvb: { image: jvb:1 }");
    const notice = (after: string, has: boolean) =>
      judge([media, newFiles], {
        files: { before, after: compose(after) },
        hasOtherBridges: () => has,
      }).notice;
    expect(notice("", true)).toBe("moves calls");
    expect(notice("", false)).toBe("interrupts calls");
    expect(notice("jvb: { image: jvb:2 }", true)).toBe("interrupts calls");
  });

  it.each([
    [undefined, "drains bridges"],
    [60, "drains bridges"],
    [10, "drains bridges"],
    [9, "moves calls"],
    [0, "moves calls"],
  ])("takes a drain of %p minutes for what it is", (minutes, notice) => {
    const configuration =
      minutes === undefined
        ? null
        : { resource: { terraform_data: { drain: { input: { drain_minutes: minutes } } } } };
    const both = { configuration: { before: configuration, after: configuration } };
    const pushed = aPlannedObject({
      ...{ type: "terraform_data", name: "push-3", action: "replace" },
      before: { triggers_replace: { secrets: "abc=1" } },
      after: { triggers_replace: { secrets: "abc=2" } },
    });
    expect(judge([pushed], both).notice).toBe(notice);
    expect(judge([machine, drain], both).notice).toBe(notice);

    const path = "/etc/fleet/jvb/custom-jvb.conf";
    const text =
      minutes === undefined
        ? ""
        : `videobridge.shutdown.graceful-shutdown-max-duration = "${minutes} minutes"\n`;
    const group = aPlannedObject({
      ...{ type: "google_compute_region_instance_group_manager", name: "group" },
      before: { update_policy: [{ type: "OPPORTUNISTIC" }], version: [{ instance_template: "a" }] },
      after: { update_policy: [{ type: "OPPORTUNISTIC" }], version: [{ instance_template: "b" }] },
    });
    expect(judge([group], { files: { before: new Map(), after: new Map([[path, text]]) } }).notice).toBe(
      notice,
    );
  });
});
