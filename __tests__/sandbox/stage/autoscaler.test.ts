import { Autoscaler } from "../../../sandbox/stage/autoscaler";
import { InstanceGroup } from "../../../sandbox/stage/instance-group";
import { Ledger } from "../../../sandbox/stage/ledger";
import { SeededRandom } from "../../../sandbox/stage/seeded-random";
import { StageClock } from "../../../sandbox/stage/stage-clock";
import { aStagedPool, aTemplate } from "../../builders/staged-pool";
import type { AutoscalingPolicy } from "../../../sandbox/stage/pool-objects";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const minutes = (count: number): void => void jest.advanceTimersByTime(count * 60_000);
const KEEPER = { who: "keeper", what: "deleteInstances" };

function scaled(policy: Partial<AutoscalingPolicy> = {}) {
  const clock = new StageClock(1);
  const ledger = new Ledger(clock);
  const pool = aStagedPool(policy);
  const group = new InstanceGroup({
    pool,
    random: new SeededRandom(1),
    nextAddress: () => "127.21.0.1",
    bootSeconds: 150,
    jvb: { region: "gcp-europe-west4", participantStress: 0.01 },
    clock,
    ledger,
    onStart: () => undefined,
    onEnd: () => undefined,
  });
  const autoscaler = new Autoscaler(pool.autoscaler, group, clock);
  /** So many people on each bridge. */
  const load = (people: number): void => {
    for (const { jvb } of group.machines.values()) {
      if (!jvb) continue;
      jvb.people.clear();
      for (let number = 0; number < people; number += 1) jvb.add({ id: `${number}`, conference: "call" });
    }
  };
  return { group, autoscaler, load, ledger };
}

describe("Autoscaler", () => {
  it("begins with its minimum, and recommends nothing before it has measured something", () => {
    const { group, autoscaler } = scaled();
    expect([group.target, group.machines.size, autoscaler.recommendedSize]).toEqual([2, 2, undefined]);
    minutes(1);
    expect(autoscaler.recommendedSize).toBe(undefined);
    minutes(9);
    expect(autoscaler.recommendedSize).toBe(2);
  });

  it("adds as many as bring the mean stress to its target, some minutes later, and not above its maximum", () => {
    const { group, autoscaler, load } = scaled();
    minutes(10);
    load(90); // 2 × 0.9 / 0.5 = 3.6
    minutes(1);
    expect(group.target).toBe(2);
    minutes(3);
    expect([group.target, autoscaler.recommendedSize]).toEqual([4, 4]);
    minutes(10);
    load(300);
    minutes(5);
    expect(group.target).toBe(8);
  });

  it("removes none when the load has gone, and recommends fewer only ten minutes later", () => {
    const { group, autoscaler, load } = scaled();
    minutes(10);
    load(90);
    minutes(5);
    load(0);
    minutes(9);
    expect(autoscaler.recommendedSize).toBe(4);
    minutes(5);
    expect([group.target, autoscaler.recommendedSize]).toEqual([4, 2]);
  });

  it("does not say what it would like while no metric arrives, and keeps up its minimum all the same", () => {
    const { group, autoscaler } = scaled();
    minutes(10);
    autoscaler.isBlind = true;
    minutes(5);
    expect(autoscaler.recommendedSize).toBe(undefined);
    autoscaler.policy = { ...autoscaler.policy, minNumReplicas: 3 };
    minutes(1);
    expect(group.target).toBe(3);
  });

  it("puts back what falls below its minimum", () => {
    const { group } = scaled();
    minutes(10);
    group.delete([[...group.machines.keys()][0]!], KEEPER);
    expect(group.target).toBe(1);
    minutes(2);
    expect([group.target, group.machines.size]).toEqual([2, 2]);
  });
});

describe("InstanceGroup", () => {
  it("boots machines: provisioned, then running and not yet well, then with a bridge", () => {
    const { group } = scaled();
    const [machine] = group.machines.values();
    expect([machine!.status, machine!.action]).toEqual(["PROVISIONING", "CREATING"]);
    minutes(0.5);
    expect([machine!.status, machine!.action, machine!.isHealthy]).toEqual(["RUNNING", "VERIFYING", false]);
    minutes(3);
    expect([machine!.action, machine!.isHealthy]).toEqual(["NONE", true]);
  });

  it("spreads machines over its zones", () => {
    const { group } = scaled({ minNumReplicas: 6 });
    const zones = [...group.machines.values()].map(({ options }) => options.zone).sort();
    expect(zones.map((zone) => zone.slice(-1)).join("")).toBe("aabbcc");
  });

  it("cuts whoever is on a machine that is deleted, lowers its target at once, and is rid of it later", () => {
    const { group, load, ledger } = scaled();
    minutes(5);
    load(7);
    const [name, machine] = [...group.machines][0]!;
    group.delete([name], KEEPER);
    expect([group.target, machine.status, machine.action]).toEqual([1, "STOPPING", "DELETING"]);
    expect(ledger.cutsBy("keeper")).toHaveLength(7);
    expect(group.machines.has(name)).toBe(true);
    minutes(1);
    expect(group.machines.has(name)).toBe(false);
  });

  it("makes machines from the template of the day, and keeps those that run", () => {
    const { group } = scaled();
    minutes(5);
    group.setTemplate(aTemplate("acme-eu-burst-00000000", "stable-12000"));
    group.grow(3);
    expect([...group.machines.values()].map(({ template }) => template.name)).toEqual([
      "acme-eu-burst-579489a7",
      "acme-eu-burst-579489a7",
      "acme-eu-burst-00000000",
    ]);
  });

  it("makes a machine anew under its name when its bridge has been down for 100 seconds, not while it boots", () => {
    const { group } = scaled();
    minutes(9);
    const [name, before] = [...group.machines][0]!;
    expect(before.action).toBe("NONE");
    before.crash({ who: "crash", what: "kill" }, false);
    minutes(2.2); // the check counts from the tenth minute on
    expect(before.action).toBe("NONE");
    minutes(0.7);
    expect(before.action).toBe("RECREATING");
    minutes(1);
    const after = group.machines.get(name)!;
    expect([after === before, after.options.zone]).toEqual([false, before.options.zone]);
    expect(group.target).toBe(2);
  });
});
