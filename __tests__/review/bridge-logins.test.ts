import { decide } from "../../keeper/decide/decide";
import type { BridgeView } from "../../keeper/decide/observation";
import { renderBridgeFiles } from "../../render/bridge/bridge-files";
import type { MachineFiles } from "../../review/machine-files";
import { judgeStack } from "../../review/judge-stack";
import type { BridgeInput } from "../../render/machine-files";
import type { PlannedObject } from "../../rollout/planned-object";
import { aCustomer } from "../builders/fleet";
import { aGcpBridgeInput, alsoServed } from "../builders/machine-input";
import { aBridge, aGroup, anObservation, someSettings } from "../builders/keeper-observation";
import { aPlannedObject } from "../builders/planned-object";

type Served = BridgeInput["served"];
const abc = { customer: aCustomer(), server: "abc-server.europe-west4-a.c.acme-meet-prod.internal" };
const files = (...served: Served): MachineFiles =>
  new Map([...renderBridgeFiles(aGcpBridgeInput({ served }))]);

const group = aPlannedObject({
  ...{ type: "google_compute_region_instance_group_manager", name: "group" },
  before: { update_policy: [{ type: "OPPORTUNISTIC" }], version: [{ instance_template: "a" }] },
  after: { update_policy: [{ type: "OPPORTUNISTIC" }], version: [{ instance_template: "b" }] },
});
const push = aPlannedObject({
  ...{ type: "terraform_data", name: "push-1", action: "replace" },
  before: { triggers_replace: { files: "a" } },
  after: { triggers_replace: { files: "b" } },
});
const taken = (customer: string) =>
  aPlannedObject({
    ...{ type: "google_compute_firewall", name: `brewery-${customer}`, action: "delete", after: null },
    before: { allow: [{ protocol: "tcp", ports: ["6222"] }], source_ranges: ["192.0.2.1/32"] },
  });

const judge = (objects: readonly PlannedObject[], before: MachineFiles, after: MachineFiles) =>
  judgeStack({ objects, files: { before, after }, isRetired: false, hasOtherBridges: () => true });

describe("a pool whose bridges log in elsewhere", () => {
  const moved = { ...abc, server: "abc-server.europe-west4-b.c.acme-meet-prod.internal" };

  it.each([
    ["at Google, whose keeper renews none while none takes calls", group, /`size\.min`/],
    ["at Linode, which are pushed to one after the other", push, /at once after the customer's stack/],
  ])("is out of the calls of a customer whose server moved to another zone: %s", (_, bridges, instead) => {
    expect(judge([bridges], files(abc), files(moved)).reasons[0]).toEqual({
      notice: "interrupts calls",
      says:
        "a customer's server is looked for at abc-server.europe-west4-b.c.acme-meet-prod.internal:6222 (abc.meet.acme.example) " +
        "and no longer at abc-server.europe-west4-a.c.acme-meet-prod.internal:6222 (abc.meet.acme.example): bridges that run " +
        "carry no call of it until they have their new files",
      instead: expect.stringMatching(instead),
      at: ["/etc/fleet/jvb.env"],
    });
  });

  it.each([
    [
      "the home",
      files(abc, alsoServed),
      files({ ...abc, customer: aCustomer({ hostname: "new.example" }) }, alsoServed),
    ],
    ["another customer", files(alsoServed, abc), files(alsoServed, moved)],
  ])("notices it of %s, too", (_, before, after) => {
    expect(judge([group], before, after).notice).toBe("interrupts calls");
  });

  it.each([
    ["another home", files(abc, alsoServed), files(alsoServed, abc), []],
    ["a further customer", files(abc), files(abc, alsoServed), []],
    ["other passwords", files(abc), files({ ...abc, customer: aCustomer({ secretsVersion: 2 }) }), []],
  ] as const)("drains bridges for %s: they know the way until then", (_, before, after, objects) => {
    expect(before).not.toEqual(after);
    expect(judge([group, ...objects], before, after).notice).toBe("drains bridges");
  });

  it("moves the calls of a customer who is taken off, and still notices that another one moved", () => {
    const [both, one] = [files(abc, alsoServed), files(abc)];
    expect(judge([group, taken("xyz-europe")], both, one).notice).toBe("moves calls");
    expect(judge([group, taken("xyz-europe")], both, files(moved)).notice).toBe("interrupts calls");
  });

  it("is right that a keeper waits for a first bridge with the new files, and then renews the others", () => {
    const outside = (id: string) =>
      aBridge(id, { ready: false, localEndpoints: 0 }, { template: "old", jicofoEndpoints: 0 });
    const old = ["a", "b", "c"].map(outside);
    const settings = someSettings({ min: 3 });
    const actions = (bridges: readonly BridgeView[], min: number) =>
      decide(anObservation({ bridges, group: aGroup({ target: bridges.length, min }) }), settings, {
        drains: {},
      }).actions;
    expect(actions(old, 3)).toEqual([]);
    expect(actions([...old, aBridge("new")], 4)).toContainEqual(
      expect.objectContaining({ kind: "drain", bridge: "a" }),
    );
  });
});
