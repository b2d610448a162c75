import { AccessTokens } from "../../keeper/clients/access-tokens";
import { Compute } from "../../keeper/clients/compute";
import { Google } from "../../keeper/clients/google";
import { Jicofo } from "../../keeper/clients/jicofo";
import { Observer, type Sight } from "../../keeper/observe";
import { SetClock } from "../builders/keeper-under-test";
import { AMPLE_SECONDS, GROUP, PretendedPool, statsOf } from "../builders/pretended-pool";

const A = `${GROUP}-aaaa`;
const B = `${GROUP}-bbbb`;

/** What is asked of the second machine that was added. */
const ofB = /127\.0\.2\.1\/colibri\/stats/;

let cloud: PretendedPool;
let clock: SetClock;
let look: () => Promise<Sight>;
jest.setTimeout(60_000); // on a busy machine

/** @param bridgeSeconds time for one request to a bridge */
function observe(bridgeSeconds = AMPLE_SECONDS): typeof look {
  const [pool] = cloud.file().pools;
  const observer = new Observer({
    pool: pool!,
    compute: new Compute(new Google(new AccessTokens(cloud.url, clock)), cloud.url, pool!),
    jicofo: new Jicofo(`${cloud.url}/jicofo`, AMPLE_SECONDS),
    clock,
    bridgePort: cloud.bridgePort,
    requestSeconds: bridgeSeconds,
  });
  return () =>
    observer.look({
      deadline: clock.monotonic() + 15,
      requestSeconds: AMPLE_SECONDS,
      monotonic: clock.monotonic,
      stopping: new AbortController().signal,
    });
}

beforeEach(async () => {
  cloud = await PretendedPool.start();
  clock = new SetClock();
  cloud.now = clock.wall;
  look = observe();
  await cloud.add("aaaa", { jicofo: 3, stats: { local_endpoints: 3, conferences: 1 } });
  await cloud.add("bbbb");
});
afterEach(() => cloud.stop());

describe("Observer", () => {
  it("sees the group, its machines and their bridges", async () => {
    const { group, bridges, problems, machines } = await look();
    expect(problems).toEqual([]);
    expect(group).toEqual({
      target: 2,
      recommended: 2,
      min: 1,
      max: 8,
      template: "acme-eu-burst-00000001",
      release: "stable-1",
    });
    expect(bridges[0]).toEqual({
      id: A,
      ageSeconds: 3600,
      template: "acme-eu-burst-00000001",
      release: "stable-1",
      phase: "running",
      stats: {
        ageSeconds: 0,
        stress: 0.45,
        localEndpoints: 3,
        conferences: 1,
        drain: false,
        shuttingDown: false,
        ready: true,
      },
      isDown: false,
      jicofoEndpoints: 3,
    });
    expect([...machines.keys()]).toEqual([A, B]);
  });

  it("counts the age of statistics by the machine's clock now, and not by the one that drains age by", async () => {
    clock.set(120); // the machine's clock was wrong, and is right now
    expect((await look()).bridges[0]!.stats?.ageSeconds).toBeCloseTo(0, 2);
    cloud.now = () => clock.wall() - 50;
    expect((await look()).bridges[0]!.stats?.ageSeconds).toBeCloseTo(50, 2);
  });

  it("counts the age of machines by the cloud's clock when ours is wrong", async () => {
    clock.set(-7200);
    cloud.now = () => clock.wall() + 7200;
    expect((await look()).bridges[0]!.ageSeconds).toBe(3600);
  });

  it("believes no statistics that stand still from one round to the next", async () => {
    const says = JSON.stringify(statsOf(B, {}, clock.wall()));
    cloud.machines.get(B)!.says = says;
    expect((await look()).bridges[1]!.stats).toBeDefined();
    clock.pass(5); // within the five seconds that a bridge may give the same answer
    expect((await look()).bridges[1]!.stats).toBeDefined();
    clock.pass(25);
    const sight = await look();
    expect(sight.bridges[1]!.stats).toBeUndefined();
    expect(sight.silent.get(B)).toBe("its statistics stand still");
    delete cloud.machines.get(B)!.says;
    clock.pass(30);
    expect((await look()).bridges[1]!.stats).toBeDefined();
  });

  it("knows nothing of a bridge that hangs, and all of the others", async () => {
    cloud.faults.push({ at: new RegExp(`${cloud.machines.get(B)!.address}/colibri/stats`), with: "hang" });
    const { bridges, silent } = await observe(1)();
    expect(bridges.map(({ stats }) => stats?.localEndpoints)).toEqual([3, undefined]);
    expect(silent.get(B)).toMatch(/no answer in time$/);
  });

  it.each([
    ["down whose program has ended", true, () => cloud.end(B)],
    ["not down that hangs", false, () => void cloud.faults.push({ at: ofB, with: "hang" })],
    ["not down that breaks the connection", false, () => void cloud.faults.push({ at: ofB, with: "cut" })],
    ["not down that talks nonsense", false, () => void (cloud.machines.get(B)!.says = "<html>")],
  ])("takes a bridge for %s", async (_, isDown, change) => {
    await change();
    const { bridges } = await observe(0.5)();
    expect(bridges.map((each) => each.isDown)).toEqual([false, isDown]);
    expect(bridges[1]!.stats).toBeUndefined();
  });

  it("asks no bridge on a machine that is being made or removed", async () => {
    cloud.machines.get(A)!.action = "DELETING";
    cloud.machines.get(B)!.action = "CREATING";
    const { bridges, machines } = await look();
    expect(bridges.map(({ phase, stats }) => [phase, stats])).toEqual([
      ["leaving", undefined],
      ["coming", undefined],
    ]);
    expect(machines.size).toBe(0);
    expect(cloud.asked.filter(({ path }) => path.startsWith("/colibri"))).toEqual([]);
  });

  it.each([
    ["does not answer", () => void cloud.faults.push({ at: /jicofo/, with: 500 })],
    ["knows no bridge at all", () => void (cloud.jicofoSays = { bridge_selector: { bridge: {} } })],
  ])("does not know what Jicofo counts when it %s", async (_, change) => {
    change();
    const { group, bridges } = await look();
    expect(group).toBeDefined();
    expect(bridges.map(({ jicofoEndpoints }) => jicofoEndpoints)).toEqual([undefined, undefined]);
  });

  it("does not take a bridge for ready that Jicofo cannot use", async () => {
    cloud.machines.get(B)!.operational = false;
    expect((await look()).bridges.map(({ stats }) => stats?.ready)).toEqual([true, false]);
  });

  it("counts nobody on a bridge that Jicofo does not know, when it knows others", async () => {
    cloud.machines.get(B)!.jicofo = undefined;
    expect((await look()).bridges[1]!.jicofoEndpoints).toBe(0);
  });

  it("does not know the release of new machines when their template cannot be read, and all else", async () => {
    cloud.faults.push({ at: /instanceTemplates/, with: 403 });
    const { group, problems } = await look();
    expect(group).toMatchObject({ target: 2, release: undefined });
    expect(problems).toEqual([expect.stringMatching(/instanceTemplates.*403/)]);
  });

  it.each([
    ["the group", /GET .*instanceGroupManagers\/acme-eu-burst$/],
    ["the autoscaler", /GET .*autoscalers/],
    ["the machines of the group", /POST .*listManagedInstances/],
    ["the instances", /GET .*aggregated/],
  ])("sees no group at all when %s cannot be read", async (_, at) => {
    cloud.faults.push({ at, with: 404 });
    expect(await look()).toMatchObject({ group: undefined, bridges: [] });
  });

  it("sees no group at all when a machine of it is not among the instances, or made from nobody knows what", async () => {
    cloud.hidden.add(B);
    expect(await look()).toMatchObject({
      group: undefined,
      problems: [`Compute Engine does not list ${B} of the group`],
    });
    cloud.hidden.clear();
    cloud.machines.get(B)!.template = "";
    expect(await look()).toMatchObject({
      group: undefined,
      problems: ["Compute Engine does not say what the group's machines were made from"],
    });
  });

  it("warns of an autoscaler that may remove machines", async () => {
    cloud.policy = { ...cloud.policy, mode: "ON" };
    expect((await look()).problems).toEqual([
      "the autoscaler's mode lets it remove machines with calls: deploy the pool's stack",
    ]);
  });
});
