import { endpointsOn, entriesOf, isRefused, Jicofo, type JicofoBridge } from "../../../keeper/clients/jicofo";
import { AMPLE_SECONDS, GROUP, PretendedPool, relayOf } from "../../builders/pretended-pool";

const entry = (relay: string, endpoints: number | undefined, isOperational = true): JicofoBridge => ({
  jid: `jvbbrewery@muc.jvb.meet.jitsi/${relay}`,
  names: [relay, relay],
  endpoints,
  isOperational,
});

describe("endpointsOn", () => {
  it("sums up the entries of a machine: there are two for a moment when its program began anew", () => {
    const known = [entry("m-1", 3), entry("m-2", 4), entry("n-1", 9)];
    expect(endpointsOn(known, "m")).toBe(7);
    expect(entriesOf(known, "m").map(({ names }) => names[0])).toEqual(["m-1", "m-2"]);
  });

  it("is 0 for a machine that Jicofo does not know", () => {
    expect(endpointsOn([entry("n-1", 9)], "m")).toBe(0);
  });

  it("is unknown when Jicofo does not say it, or knows no bridge at all", () => {
    expect(endpointsOn([entry("m-1", 0), entry("m-2", undefined)], "m")).toBeUndefined();
    expect(endpointsOn([], "m")).toBeUndefined();
  });
});

describe("isRefused", () => {
  it("is so when Jicofo cannot use any entry of a machine", () => {
    expect(isRefused([entry("m-1", 3, false), entry("n-1", 9)], "m")).toBe(true);
    expect(isRefused([entry("m-1", 3, false), entry("m-2", 0)], "m")).toBe(false);
    expect(isRefused([entry("n-1", 9, false)], "m")).toBe(false);
  });
});

describe("Jicofo", () => {
  let pool: PretendedPool;
  let jicofo: Jicofo;
  beforeEach(async () => {
    pool = await PretendedPool.start();
    jicofo = new Jicofo(`${pool.url}/jicofo`, AMPLE_SECONDS);
  });
  afterEach(() => pool.stop());

  it("names each bridge by relay id and nickname", async () => {
    await pool.add("aaaa", { jicofo: 5 });
    const relay = relayOf(`${GROUP}-aaaa`);
    expect(await jicofo.bridges()).toEqual([
      {
        jid: `jvbbrewery@muc.jvb.meet.jitsi/${relay}`,
        names: [relay, relay],
        endpoints: 5,
        isOperational: true,
      },
    ]);
  });

  it("does not say how many are on a bridge when that is no number of people", async () => {
    await pool.add("aaaa", { jicofo: -1 });
    await pool.add("bbbb", { jicofo: 0.5 });
    expect((await jicofo.bridges()).map(({ endpoints }) => endpoints)).toEqual([undefined, undefined]);
  });

  it("moves everybody on a bridge", async () => {
    await pool.add("aaaa", { jicofo: 5 });
    const [{ jid }] = (await jicofo.bridges()) as [JicofoBridge];
    await jicofo.moveAll(jid);
    expect(pool.deeds).toEqual([`move ${GROUP}-aaaa`]);
  });

  it.each([
    ["is away", 503, /HTTP status 503/],
    ["hangs up", "cut", /UND_ERR_SOCKET|other side closed/],
  ] as const)("is a problem when it %s", async (_, fault, message) => {
    pool.faults.push({ at: /debug/, with: fault });
    await expect(jicofo.bridges()).rejects.toThrow(message);
  });

  it("is a problem when its answer names no bridges", async () => {
    pool.jicofoSays = { bridge_selector: {} };
    await expect(jicofo.bridges()).rejects.toThrow("Jicofo's answer names no bridges");
  });
});
