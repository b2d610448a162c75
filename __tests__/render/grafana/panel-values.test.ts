import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { buildDashboards } from "../../../render/grafana/dashboards/all-dashboards";
import type { DashboardUid } from "../../../render/grafana/dashboard";
import { dashboardInput } from "../../../render/grafana/grafana-files";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { grafanaQuery, type Shown } from "../../builders/grafana-query";
import { aKnownPool, aServerInput } from "../../builders/machine-input";
import { BRIDGES, bridgePoints } from "../../builders/planted-cluster";
import { plantedMoment } from "../../builders/planted-moment";
import { describeWithInfluxDb, RealInfluxDb } from "../../builders/real-influxdb";
import { lastValues, type PanelJson, panelsOf, rows } from "./shown-panels";

// Starts a database, and asks it a hundred times.
jest.setTimeout(60_000);

const END = Date.UTC(2026, 2, 17, 12) / 1000;
const SHOWN: Shown = {
  from: END - 1800,
  to: END,
  variables: { pool: "acme-eu-burst", instance: "eu-burst-a1b2" },
};
const [EU, NL] = ["gcp-europe-west4", "linode-nl-ams"];
const dashboards = buildDashboards(dashboardInput(aServerInput()));

/** Of each panel, in their order: what `plantedMoment` must make it show last. */
const EXPECTED: Readonly<Record<DashboardUid, readonly (readonly [string, object])[]>> = {
  "fleet-customer": [
    ["Participants", { Participants: 10 }],
    ["Conferences", { Conferences: 1 }],
    ["Bridges", { operational: 2, draining: 1, unhealthy: 1, missing: 1 }],
    // (0.8 - 0.2) * 100 of the one that takes calls; (0.8 - 0.5) * 100.
    ["Headroom", { [EU]: 60, [NL]: 30 }],
    ["Stress", { [EU]: 0.15, [NL]: 0.25 }],
    // 6 of 2 * 80, 4 of 2 * 80.
    ["Capacity in use", { [EU]: 0.0375, [NL]: 0.025 }],
    ["Packet loss", { [EU]: 0.02, [NL]: 0.004 }],
    ["Participants by region", { [EU]: 6, [NL]: 4 }],
    ["Headroom by region", { [EU]: 60, [NL]: 30 }],
    ["Stress by region", { [EU]: 0.15, [NL]: 0.25 }],
    ["Bridges by state", { operational: 2, draining: 1, unhealthy: 1 }],
    ["Capacity in use by region", { [EU]: 0.0375, [NL]: 0.025 }],
    ["Conferences", { conferences: 1, "participants of the largest": 10 }],
    ["Packet loss by region", { [EU]: 0.02, [NL]: 0.004 }],
    ["Round trip by region", { [EU]: 40, [NL]: 60 }],
    ["Failed connections by region", { [EU]: 1, [NL]: 0 }],
    ["Sent by region", { [EU]: 12_000, [NL]: 8_000 }],
  ],
  "fleet-bridge": [
    ["State", { healthy: 1, draining: 0, "shutting down": 0 }],
    ["Stress", { stress: 0.2 }],
    ["Calls", { participants: 6, conferences: 1 }],
    ["Up since", { up: 7200 }],
    ["Stress", { stress: 0.2 }],
    ["Calls", { participants: 6, "send video, all bridges": 3, conferences: 1 }],
    ["Processors", { user: 24, system: 8, "network (softirq)": 6, disk: 0, steal: 2 }],
    ["Memory", { used: 25 }],
    ["Media", { received: 4_000, sent: 12_000 }],
    ["Relays", { received: 2_000_000, sent: 3_000_000 }],
    ["Packets", { received: 500, sent: 1_500 }],
    [
      "UDP errors",
      {
        "receive buffer full": 1,
        "send buffer full": 0,
        "all received in error": 1,
        "dropped by the interface": 1,
      },
    ],
    ["Packet loss", { "from callers": 0.01, "to callers": 0.03 }],
    ["Round trip", { "round trip": 40 }],
    ["Logins", { "rooms wanted": 2, "rooms joined": 1, "logins wanted": 2, "logins connected": 1 }],
    ["Threads", { threads: 80 }],
    [
      "Failures",
      {
        "ICE, callers": 2,
        "ICE, relays": 0,
        "DTLS, callers": 0,
        "DTLS, relays": 0,
        "relays without a channel": 0,
      },
    ],
  ],
  "fleet-signalling": [
    ["Services", { grafana: 0, influxdb: 0, jicofo: 0, prosody: 0 }],
    ["Bridges that Jicofo sees", { operational: 2, all: 4, releases: 1 }],
    ["Certificate", { "days left": 61 }],
    ["Changes", { failed: 0 }],
    ["Calls", { participants: 10, conferences: 1, "participants of the largest": 10 }],
    ["Bridges", { all: 4, operational: 2, "in shutdown": 1 }],
    [
      "Troubles",
      {
        "bridges lost": 0,
        "bridges removed": 0,
        "participants moved": 0,
        "clients: cannot connect": 0,
        "clients: begin anew": 0,
      },
    ],
    ["Begun", { participants: 1, conferences: 0 }],
    ["Jicofo's threads", { threads: 60 }],
    ["Answer times", { grafana: 0.001, influxdb: 0.002, jicofo: 0.003, prosody: 0.004 }],
    ["Rooms and connections", { rooms: 1, connections: 12, BOSH: 2 }],
    ["Processors", { user: 12, system: 4, "network (softirq)": 3, disk: 0, steal: 1 }],
    ["Memory and disks", { memory: 25, "disk /": 50, "disk /var/lib/fleet": 40 }],
  ],
  "fleet-octo": [
    ["Calls over several bridges", { [EU]: 1, [NL]: 1 }],
    ["Relays now", { [EU]: 3_000_000, [NL]: 2_000_000 }],
    ["Relays that fail", { ICE: 0, DTLS: 0, channel: 1 }],
    [
      "Between regions (estimate)",
      {
        [`${EU} sends`]: 3_000_000,
        [`${EU} receives`]: 2_000_000,
        [`${NL} sends`]: 2_000_000,
        [`${NL} receives`]: 3_000_000,
        [`${EU} → ${NL}`]: 3_000_000,
        [`${NL} → ${EU}`]: 2_000_000,
      },
    ],
    ["Sent by region", { [EU]: 3_000_000, [NL]: 2_000_000 }],
    ["Received by region", { [EU]: 2_000_000, [NL]: 3_000_000 }],
    ["Far participants by region", { [EU]: 4, [NL]: 6 }],
    // 3 and 2 Mbit/s for half an hour.
    ["Relays in this period", { [EU]: 675e6, [NL]: 450e6 }],
    ["Relays, a day", { [EU]: 10e9, [NL]: 10e9 }],
    ["All traffic out, a day", { [EU]: 50e9, [NL]: 50e9 }],
    // 10 and 50 GB for 0.12 and 0.005 USD.
    ["Price of relays, a day", { [EU]: 1.2, [NL]: 0.05 }],
    ["Price of all traffic out, a day", { [EU]: 6, [NL]: 0.25 }],
  ],
  "fleet-pools": [
    [
      "Pools now",
      {
        "acme-eu-burst": { Now: 2, Min: 1, Max: 8, Draining: 1, Participants: 6, Wish: 3 },
        "acme-nl-static": { Now: 2, Min: 3, Max: 3, Draining: 0, Participants: 4 },
      },
    ],
    ["acme-eu-burst", { bridges: 2, draining: 1, wish: 3 }],
    ["acme-nl-static", { bridges: 2, draining: 0 }],
  ],
};

const asking = (dashboard: Dashboard): PanelJson[] =>
  panelsOf(dashboard).filter(({ targets = [] }) => targets.length > 0);

const panel = (uid: DashboardUid, title: string, from = dashboards): PanelJson =>
  panelsOf(from[uid]).find((one) => one.title === title)!;

let database: RealInfluxDb | undefined;
const start = async (raw: readonly string[], hourly: readonly string[] = []): Promise<RealInfluxDb> => {
  database = await RealInfluxDb.start();
  await database.write(raw);
  if (hourly.length > 0) await database.write(hourly, "jitsi_hourly");
  return database;
};

describeWithInfluxDb("what dashboards show of half an hour", () => {
  beforeAll(async () => {
    const { raw, hourly } = plantedMoment(END);
    await start(raw, hourly);
  });
  afterAll(() => database!.stop());

  it.each(Object.keys(EXPECTED) as DashboardUid[])("%s: every query gives what was planted", async (uid) => {
    const shown = [];
    for (const one of asking(dashboards[uid])) {
      const show = one.type === "table" ? rows : lastValues;
      shown.push([one.title, await show(database!, one, SHOWN)]);
    }
    expect(shown).toEqual(EXPECTED[uid]);
  });

  it("sums counters up over the whole time", async () => {
    const sums = async (query: string) => {
      const [series] = await database!.query(grafanaQuery(query, SHOWN));
      return series!.values.reduce((sum, [, value]) => sum + (value as number), 0);
    };
    const queriesOf = (uid: DashboardUid, title: string) =>
      Object.fromEntries(panel(uid, title).targets!.map(({ alias, query }) => [alias, query!]));
    expect(await sums(queriesOf("fleet-signalling", "Troubles")["participants moved"]!)).toBe(3);
    expect(await sums(queriesOf("fleet-signalling", "Begun")["participants"]!)).toBe(30);
    expect(await sums(queriesOf("fleet-bridge", "UDP errors")["receive buffer full"]!)).toBe(180);
    expect(await sums(queriesOf("fleet-customer", "Failed connections by region")["$tag_region"]!)).toBe(30);
  });

  it("shows days apart", async () => {
    const [target] = panel("fleet-octo", "Price of relays, a day").targets!;
    const query = grafanaQuery(target!.query!, { ...SHOWN, from: END - 30 * 86_400 });
    const [{ values }] = (await database!.query(query, "jitsi_hourly")) as unknown as [{ values: unknown }];
    const noon = END - (END % 86_400);
    expect(values).toEqual([
      [noon - 86_400, 1.2],
      [noon, 1.2],
    ]);
  });

  it("lets an operator choose a pool, then one of its bridges", async () => {
    const [pool, instance] = dashboards["fleet-bridge"].templating!.list!;
    const choices = async (query: unknown) =>
      (await database!.query(grafanaQuery(String(query), SHOWN))).flatMap(({ values }) =>
        values.map(([, value]) => value),
      );
    expect(await choices(pool!.query)).toEqual(["acme-eu-burst", "acme-nl-static"]);
    expect(await choices(instance!.query)).toEqual(["eu-burst-a1b2", "eu-burst-c3d4"]);
  });

  it("marks the keeper's decisions", async () => {
    const [{ target }] = dashboards["fleet-pools"].annotations!.list as unknown as [
      { target: { query: string; textColumn: string; titleColumn: string; tagsColumn: string } },
    ];
    const [{ columns, values }] = (await database!.query(grafanaQuery(target.query, SHOWN))) as unknown as [
      { columns: string[]; values: unknown[][] },
    ];
    const column = (name: string) => values[0]![columns.indexOf(name)];
    expect(values).toHaveLength(1);
    expect([target.textColumn, target.titleColumn, target.tagsColumn].map((name) => column(name))).toEqual([
      "2 bridges run, 1 is enough",
      "eu-burst-c3d4",
      "drain",
    ]);
  });
});

describeWithInfluxDb("what dashboards show when", () => {
  afterEach(() => database!.stop());

  const minutes = (points: (time: number) => string[]): string[] =>
    Array.from({ length: 60 }, (_, tick) => points(END - 10 * tick)).flat();

  it("a bridge is beyond 0.8: it has no room, and takes none from others", async () => {
    await start(
      minutes((time) => [
        ...bridgePoints(BRIDGES["eu-burst-a1b2"], time, { stress_level: 0.95, local_endpoints: 90 }),
        ...bridgePoints(BRIDGES["eu-burst-c3d4"], time, { stress_level: 0.7, local_endpoints: 70 }),
        ...bridgePoints(BRIDGES["nl-static-1"], time, { stress_level: 0.9, local_endpoints: 90 }),
      ]),
    );
    for (const title of ["Headroom", "Headroom by region"]) {
      expect(await lastValues(database!, panel("fleet-customer", title), SHOWN)).toEqual({
        [EU]: 10,
        [NL]: 0,
      });
    }
  });

  it("a region has fallen silent: its headroom is nothing, its bridges are missing", async () => {
    await start([
      ...minutes((time) => bridgePoints(BRIDGES["eu-burst-a1b2"], time)),
      ...bridgePoints(BRIDGES["nl-static-1"], END - 3600),
    ]);
    expect(await lastValues(database!, panel("fleet-customer", "Headroom"), SHOWN)).toEqual({
      [EU]: 80,
      [NL]: 0,
    });
    expect(await lastValues(database!, panel("fleet-customer", "Bridges"), SHOWN)).toEqual({
      operational: 1,
      draining: 0,
      unhealthy: 0,
      missing: 3,
    });
    expect(await rows(database!, panel("fleet-pools", "Pools now"), SHOWN)).toEqual({
      "acme-eu-burst": { Now: 1, Min: 1, Max: 8, Draining: 0, Participants: 0 },
      "acme-nl-static": { Now: 0, Min: 3, Max: 3, Draining: 0, Participants: 0 },
    });
  });

  it("no bridge takes calls: operational ones are none, instead of no value", async () => {
    await start(minutes((time) => bridgePoints(BRIDGES["nl-static-1"], time, { drain: { integer: 1 } })));
    expect(await lastValues(database!, panel("fleet-customer", "Bridges"), SHOWN)).toMatchObject({
      operational: 0,
      draining: 1,
    });
  });

  it("bridges serve others, too: participants are those of the customer's Jicofo", async () => {
    const pool = aGcpPool({ serves: ["abc", "xyz"] });
    const knownPools = [aKnownPool(pool), aKnownPool(aLinodePool())];
    const shared = buildDashboards(dashboardInput(aServerInput({ knownPools })));
    const { raw } = plantedMoment(END);
    await start([
      ...raw,
      ...minutes((time) => bridgePoints(BRIDGES["nl-static-3"], time, { local_endpoints: 50 })),
    ]);
    const participants = panel("fleet-customer", "Participants", shared);
    expect(await lastValues(database!, participants, SHOWN)).toEqual({ Participants: 10 });
  });

  it("a relay came and went: its bytes are those of the time that it ran", async () => {
    const during = (time: number) => (time > END - 400 && time <= END - 100 ? 8e6 : 0);
    await start(
      minutes((time) => bridgePoints(BRIDGES["eu-burst-a1b2"], time, { octo_send_bitrate: during(time) })),
    );
    // 1 MB a second for 300 seconds.
    expect(await lastValues(database!, panel("fleet-octo", "Relays in this period"), SHOWN)).toEqual({
      [EU]: 300e6,
    });
  });

  it("there are three regions: what one sends is divided as the others receive", async () => {
    const us = { ...BRIDGES["eu-burst-a1b2"], pool: "acme-us", region: "gcp-us-east1", instance: "us-1" };
    const knownPools = [aGcpPool(), aLinodePool(), aGcpPool({ id: "us", region: "us-east1" })].map((pool) =>
      aKnownPool(pool),
    );
    const three = buildDashboards(dashboardInput(aServerInput({ knownPools, customer: aCustomer() })));
    await start(
      minutes((time) => [
        ...bridgePoints(BRIDGES["eu-burst-a1b2"], time, { octo_send_bitrate: 4e6, octo_receive_bitrate: 0 }),
        ...bridgePoints(BRIDGES["nl-static-1"], time, { octo_send_bitrate: 0, octo_receive_bitrate: 1e6 }),
        ...bridgePoints(us, time, { octo_send_bitrate: 0, octo_receive_bitrate: 3e6 }),
      ]),
    );
    const estimate = panel("fleet-octo", "Between regions (estimate)", three);
    expect(await lastValues(database!, estimate, SHOWN)).toMatchObject({
      [`${EU} → ${NL}`]: 1e6,
      [`${EU} → gcp-us-east1`]: 3e6,
      [`${NL} → ${EU}`]: 0,
      [`gcp-us-east1 → ${NL}`]: 0,
    });
  });
});
