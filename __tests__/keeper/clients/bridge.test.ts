import { Bridge, isRelayOf, parseStats } from "../../../keeper/clients/bridge";
import { AMPLE_SECONDS, PretendedPool, statsOf } from "../../builders/pretended-pool";

const ID = "acme-eu-burst-x7k2";
const text = (overrides: Record<string, unknown> = {}) =>
  JSON.stringify(statsOf(ID, overrides, 1_796_000_000.25));
const without = (field: string) => JSON.stringify({ ...statsOf(ID), [field]: undefined });

describe("parseStats", () => {
  it("reads what a keeper needs", () => {
    expect(
      parseStats(text({ local_endpoints: 12, conferences: 3, stress_level: 1.2, drain: true }), ID),
    ).toEqual({
      countedAt: 1_796_000_000.25,
      stress: 1.2,
      localEndpoints: 12,
      conferences: 3,
      drain: true,
      shuttingDown: false,
      ready: true,
    });
  });

  it.each([["graceful_shutdown"], ["shutting_down"]])("takes %s for leaving", (field) => {
    expect(parseStats(text({ [field]: true }), ID)).toMatchObject({ shuttingDown: true });
  });

  it.each([
    ["unwell", { healthy: false }],
    ["outside of a brewery", { mucs_joined: 0 }],
    ["not logged in", { muc_clients_connected: 0 }],
  ])("takes a bridge that is %s for one that is not ready", (_, overrides) => {
    expect(parseStats(text(overrides), ID)).toMatchObject({ ready: false });
  });

  it.each([
    ["no JSON", "<html>", "its statistics are no JSON"],
    ["a list", "[]", "its statistics are no JSON object"],
    ["null", "null", "its statistics are no JSON object"],
    ["without a relay id", without("relay_id"), "its relay id is another machine's"],
    [
      "of another machine",
      text({ relay_id: "acme-eu-burst-aaaa-1764500000" }),
      "its relay id is another machine's",
    ],
    ["of a longer name", text({ relay_id: `${ID}-b-1764500000` }), "its relay id is another machine's"],
    ["without a time", without("current_timestamp"), "its statistics have no time"],
    ["with a time that is none", text({ current_timestamp: "yesterday" }), "its statistics have no time"],
  ])("believes nothing that is %s", (_, answer, why) => {
    expect(parseStats(answer, ID)).toBe(why);
  });

  it.each(
    Object.entries({
      stress_level: [-0.1, "NaN", null, 1e9, "0.2"],
      local_endpoints: [-1, 0.5, 1e15, "3", null],
      conferences: [-1, 1e15, null],
      drain: ["true", 1, null],
      graceful_shutdown: [null],
      shutting_down: ["no"],
      healthy: [1],
      mucs_joined: [-1],
      mucs_configured: [null],
      muc_clients_connected: [0.1],
      muc_clients_configured: ["1"],
    }).flatMap(([field, values]) => [undefined, ...values].map((value) => [field, value] as const)),
  )("believes nothing where %s is %p", (field, value) => {
    const answer = value === undefined ? without(field) : text({ [field]: value });
    expect(parseStats(answer, ID)).toBe(
      "its statistics lack a number or a state, or have one that cannot be",
    );
  });
});

describe("isRelayOf", () => {
  it.each([
    [`${ID}-1764500000`, true],
    [ID, false],
    [`${ID}-`, false],
    [`${ID}-17645000x0`, false],
    ["acme-eu-burst-x7k-1764500000", false],
    [undefined, false],
  ])("says of %p: %p", (relay, is) => {
    expect(isRelayOf(relay, ID)).toBe(is);
  });
});

describe("Bridge", () => {
  let pool: PretendedPool;
  beforeEach(async () => {
    pool = await PretendedPool.start();
  });
  afterEach(() => pool.stop());

  const bridge = (address: string, timeoutSeconds = AMPLE_SECONDS) =>
    new Bridge("acme-eu-burst-aaaa", address, pool.bridgePort, timeoutSeconds);

  it("tells its words", async () => {
    const { address } = await pool.add("aaaa");
    expect(await bridge(address).ask()).toMatchObject({ kind: "words", word: { localEndpoints: 0 } });
  });

  it("is silent when nobody listens, or nobody answers", async () => {
    expect(await bridge("127.0.200.1").ask()).toMatchObject({
      kind: "silent",
      why: expect.stringMatching(/ECONNREFUSED$/),
      isNobody: true,
    });
    const { address } = await pool.add("aaaa");
    pool.faults.push({ at: /stats/, with: "hang" });
    expect(await bridge(address, 0.05).ask()).toMatchObject({
      kind: "silent",
      why: expect.stringMatching(/no answer in time$/),
      isNobody: false,
    });
  });

  it("talks nonsense when it answers in any other way", async () => {
    const { address } = await pool.add("aaaa", { says: "x".repeat(300_000) });
    expect(await bridge(address).ask()).toMatchObject({
      kind: "nonsense",
      why: expect.stringMatching(/more than 200000/),
    });
    pool.faults.push({ at: /stats/, with: 503 });
    expect(await bridge(address).ask()).toMatchObject({
      kind: "nonsense",
      why: expect.stringMatching(/503/),
    });
  });

  it("is drained, taken back and told to leave", async () => {
    const machine = await pool.add("aaaa");
    const each = bridge(machine.address);
    await each.drain();
    await each.undrain();
    await each.shutdown(false);
    await each.shutdown(true);
    expect(machine.posts).toEqual([
      { path: "/colibri/drain/enable", body: "" },
      { path: "/colibri/drain/disable", body: "" },
      { path: "/colibri/shutdown", body: '{"graceful-shutdown":true}' },
      { path: "/colibri/shutdown", body: '{"graceful-shutdown":false}' },
    ]);
    pool.faults.push({ at: /shutdown/, with: 404 });
    await expect(each.shutdown(true)).rejects.toThrow(/POST .*\/colibri\/shutdown: HTTP status 404/);
  });
});
