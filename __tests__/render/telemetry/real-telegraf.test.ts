import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MEASUREMENTS, type Measurement } from "../../../model/measurements";
import { COMMON_TAGS, SERVER_WRITER } from "../../../model/telemetry";
import { renderBridgeTelegraf, renderServerTelegraf } from "../../../render/telemetry/telegraf-conf";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "../../builders/fleet";
import { STRESS_METRIC } from "../../../modules/gcp/stress-metric";
import { PretendedMonitoring } from "../../builders/pretended-monitoring";
import { RealInfluxDb, type Series } from "../../builders/real-influxdb";
import { hasTelegraf, hastened, RealTelegraf, until } from "../../builders/real-telegraf";
import { type Answers, colibriStats, jicofoStats, PretendedPrograms } from "../../builders/statistics";
import { TelemetryProxy } from "../../builders/telemetry-proxy";
import { hasRealTool } from "../../builders/real-tool";

const hasInfluxDb = hasRealTool("influxd", "Telegraf wrote nowhere", ["influxd", "version"]);

/** As a Prosody with OpenMetrics prints it. */
const PROSODY_METRICS = `# TYPE prosody_mod_c2s__connections gauge
prosody_mod_c2s__connections{host="meet.jitsi",type="c2s",ip_family="ipv4"} 7
prosody_mod_c2s__connections{host="meet.jitsi",type="c2s",ip_family="ipv6"} 2
# TYPE prosody_mod_muc__live_room gauge
prosody_mod_muc__live_room{host="muc.meet.jitsi"} 3
# TYPE prosody_mod_muc__room_hit counter
prosody_mod_muc__room_hit_total{host="muc.meet.jitsi"} 5
# TYPE prosody_mod_bosh__active_sessions gauge
prosody_mod_bosh__active_sessions 1
# EOF
`;

const SERVER: Answers = {
  "/colibri/stats": () => colibriStats({ local_endpoints: 4 }),
  "/stats": () => jicofoStats({ participants: 9 }),
  "/health": () => "OK", // InfluxDB's; Prosody's answers 403 to others than itself, and Jicofo's 500 without a bridge
  "/": () => "OK",
  "/metrics": () => PROSODY_METRICS,
};

(hasTelegraf && hasInfluxDb ? describe : describe.skip)("Telegraf", () => {
  const things: { stop(): Promise<void> }[] = [];
  const kept = <T extends { stop(): Promise<void> }>(thing: T): T => {
    things.unshift(thing);
    return thing;
  };
  let run: string;
  beforeEach(() => {
    run = mkdtempSync(join(tmpdir(), "run-fleet-"));
    const write = (name: string, content: object) => writeFileSync(join(run, name), JSON.stringify(content));
    write("boot.json", { first_boot: true, seconds: 96.4, answers_seconds: 84.1, joined_seconds: 96.4 });
    write("status.json", {
      result: "applied",
      code: 0,
      ok: true,
      reason: "",
      generation: "0123456789abcdef",
      applied_at: 1795290000,
      seconds: 12.3,
      attempt: 1,
      restarted: ["jvb"],
    });
    write("certificate.json", {
      result: "presented",
      code: 0,
      reason: "",
      checked_at: 1795290000,
      issuer: "An Authority",
      serial: "01",
      not_after: 1800000000,
      days_left: 54.5,
    });
  });
  afterEach(async () => {
    for (const thing of things.splice(0)) await thing.stop();
    rmSync(run, { recursive: true });
  });

  /** Measurement -> its points, each with its tags, fields and their types as the database has them. */
  async function written(database: RealInfluxDb) {
    const rows = (series: readonly Series[]) =>
      new Map(
        series.map(({ name, values }) => [name, values.map(([first, type]) => [first, type] as const)]),
      );
    const fields = rows(await database.query("SHOW FIELD KEYS"));
    const tags = rows(await database.query("SHOW TAG KEYS"));
    return Object.fromEntries(
      [...fields].map(([measurement, keys]) => [
        measurement,
        {
          tags: (tags.get(measurement) ?? []).map(([tag]) => String(tag)).sort(),
          fields: Object.fromEntries(keys.map(([field, type]) => [String(field), type])),
        },
      ]),
    );
  }

  const STATES = [
    "healthy",
    "drain",
    "graceful_shutdown",
    "shutting_down",
    "first_boot",
    "ok",
    "result_code",
  ];
  const meant = (measurement: Measurement) => ({
    tags: [...COMMON_TAGS, ...MEASUREMENTS[measurement].tags].sort(),
    fields: Object.fromEntries(
      MEASUREMENTS[measurement].fields.map((field) => [field, STATES.includes(field) ? "integer" : "float"]),
    ),
  });

  it("writes of a server every measurement, with the tags, fields and types that readers count on", async () => {
    const database = kept(
      await RealInfluxDb.start([{ name: SERVER_WRITER, password: "of-the-server", may: "WRITE" }]),
    );
    const programs = kept(await PretendedPrograms.start(SERVER));
    const telegraf = kept(
      RealTelegraf.start(
        hastened(renderServerTelegraf(aCustomer({ bridgeOnServer: true })), {
          "http://127.0.0.1:8080": programs.url,
          "http://127.0.0.1:8888": programs.url,
          "http://172.30.0.5:5280": programs.url,
          "http://127.0.0.1:3000/grafana/api/health": `${programs.url}/health`,
          "http://127.0.0.1:8086/health": `${programs.url}/health`, // 1.6 has none
          "http://127.0.0.1:8086": database.url,
          '"http://127.0.0.1/"': `"${programs.url}/"`,
          "response_status_code = 301": "response_status_code = 200",
          "127.0.0.1:6222": new URL(programs.url).host,
          "/run/fleet": run,
        }),
        { TELEMETRY_PASSWORD: "of-the-server" },
      ),
    );
    const all = Object.keys(MEASUREMENTS).filter((name) => !name.startsWith("keeper")) as Measurement[];
    const found = await until(
      () => written(database),
      (now) => all.every((name) => name in now),
    );
    expect(telegraf.log).not.toMatch(/ E! /);
    expect(found).toEqual(Object.fromEntries(all.map((name) => [name, meant(name)])));
    const health = await database.query("SELECT last(result_code) FROM service_health GROUP BY service");
    expect(Object.fromEntries(health.map(({ tags, values }) => [tags!["service"], values[0]![1]]))).toEqual({
      grafana: 0,
      influxdb: 0,
      jicofo: 0,
      prosody: 0,
      "prosody-brewery": 0,
      web: 0,
    });
    const [connections] = await database.query(
      "SELECT sum(last) FROM (SELECT last(prosody_mod_c2s__connections) FROM prosody GROUP BY ip_family)",
    );
    expect(connections!.values[0]![1]).toBe(9);
  }, 60_000);

  const OF_POOL = { name: "acme.eu-burst", password: "of-the-pool", may: "WRITE" } as const;
  /** A bridge that writes to the databases of its customers, by id. */
  const bridge = (
    databases: Readonly<Record<string, string>>,
    statistics: PretendedPrograms,
    variables: Readonly<Record<string, string>>,
  ): RealTelegraf => {
    const [home, ...others] = Object.keys(databases).map((id) => aCustomer({ id }));
    const settings = renderBridgeTelegraf(anAccount(), aLinodePool({ id: "eu-burst" }), [home!, ...others]);
    return kept(
      RealTelegraf.start(
        hastened(settings, {
          "http://127.0.0.1:8080": statistics.url,
          "/run/fleet": run,
          ...Object.fromEntries(
            Object.entries(databases).map(([id, url]) => [`https://${id}.meet.acme.example`, url]),
          ),
        }),
        variables,
      ),
    );
  };

  const proxied = async (database: RealInfluxDb): Promise<string> =>
    kept(await TelemetryProxy.start(database)).url;

  it("writes the points of a shared bridge to each customer's own database, below /telemetry, with his tag", async () => {
    const databases = { abc: await RealInfluxDb.start([OF_POOL]), xyz: await RealInfluxDb.start([OF_POOL]) };
    Object.values(databases).map(kept);
    const statistics = kept(await PretendedPrograms.start({ "/colibri/stats": () => colibriStats() }));
    const telegraf = bridge(
      { abc: await proxied(databases.abc), xyz: await proxied(databases.xyz) },
      statistics,
      { TELEMETRY_PASSWORD_ABC: OF_POOL.password, TELEMETRY_PASSWORD_XYZ: OF_POOL.password },
    );
    for (const [id, database] of Object.entries(databases)) {
      const values = await until(
        () =>
          database.query(
            "SHOW TAG VALUES FROM jvb WITH KEY IN (customer, account, pool, instance, region, release)",
          ),
        (series) => series.length > 0,
      );
      expect(Object.fromEntries(values[0]!.values)).toEqual({
        customer: id,
        account: "acme",
        pool: "acme-eu-burst",
        instance: "acme-eu-burst-x7k2",
        region: "linode-nl-ams",
        release: "stable-11146-2",
      });
    }
    expect(telegraf.log).not.toMatch(/ E! /);
  }, 60_000);

  it("is refused with a password that is not its pool's, and goes on with the other databases", async () => {
    const [good, bad] = [
      kept(await RealInfluxDb.start([OF_POOL])),
      kept(await RealInfluxDb.start([OF_POOL])),
    ];
    const statistics = kept(await PretendedPrograms.start({ "/colibri/stats": () => colibriStats() }));
    const telegraf = bridge({ abc: await proxied(good), xyz: await proxied(bad) }, statistics, {
      TELEMETRY_PASSWORD_ABC: OF_POOL.password,
      TELEMETRY_PASSWORD_XYZ: "another",
    });
    await until(
      () => good.query("SHOW MEASUREMENTS"),
      (series) => series.length > 0 && telegraf.log.includes("outputs.influxdb::xyz"),
    );
    expect(telegraf.log).toMatch(/outputs\.influxdb::xyz\].*authorization failed/);
    expect(telegraf.log).not.toContain("outputs.influxdb::abc");
    expect(await bad.query("SHOW MEASUREMENTS")).toEqual([]);
  }, 60_000);

  it("counts nobody twice: a conference of 10 on two bridges, 6 and 4", async () => {
    const database = kept(await RealInfluxDb.start([OF_POOL]));
    const url = await proxied(database);
    for (const [instance, local] of Object.entries({ one: 6, two: 4 })) {
      const stats = () => colibriStats({ local_endpoints: local, endpoints: 10, octo_endpoints: 10 - local });
      const statistics = kept(await PretendedPrograms.start({ "/colibri/stats": stats }));
      bridge({ abc: url }, statistics, {
        TELEMETRY_PASSWORD_ABC: OF_POOL.password,
        FLEET_INSTANCE: instance,
      });
    }
    const sum = (field: string) =>
      database.query(`SELECT sum(last) FROM (SELECT last(${field}) FROM jvb GROUP BY instance)`);
    const both = await until(
      () => database.query("SHOW TAG VALUES FROM jvb WITH KEY = instance"),
      (series) => series[0]?.values.length === 2,
    );
    expect(both[0]!.values).toHaveLength(2);
    expect((await sum("local_endpoints"))[0]!.values[0]![1]).toBe(10);
    expect((await sum("endpoints"))[0]!.values[0]![1]).toBe(20);
  }, 60_000);

  it("writes one series without labels for the autoscaler (a minute is 2 seconds here), also of a shared bridge that starts anew", async () => {
    const monitoring = kept(await PretendedMonitoring.start());
    let asked = 0;
    const statistics = kept(
      await PretendedPrograms.start({
        "/colibri/stats": () => colibriStats({ stress_level: 0.25, relay_id: `relay-${++asked}` }),
      }),
    );
    const customers = [aCustomer(), aCustomer({ id: "xyz" })] as const;
    const began = Date.now();
    const telegraf = kept(
      RealTelegraf.start(
        hastened(renderBridgeTelegraf(anAccount(), aGcpPool(), customers), {
          "http://127.0.0.1:8080": statistics.url,
          "/run/fleet": run,
          'period = "60s"': 'period = "2s"',
          "https://": "http://127.0.0.1:1/", // no server
        }),
        monitoring.environment,
      ),
    );
    await until(
      () => Promise.resolve(monitoring.points),
      (points) => points.length >= 3,
    );
    await telegraf.stop();
    expect(monitoring.points.length).toBeGreaterThanOrEqual(3);
    // No more than one for each period, whatever the relay id of the moment and however many customers.
    expect(monitoring.points.length).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / 2000) + 1);
    for (const { time: _, ...point } of monitoring.points) {
      expect(point).toEqual({
        project: "projects/acme-meet-prod",
        metric: { labels: {}, type: STRESS_METRIC },
        resource: {
          labels: { instance_id: "4711", project_id: "acme-meet-prod", zone: "europe-west4-a" },
          type: "gce_instance",
        },
        kind: "GAUGE",
        value: 0.25,
        authorization: "Bearer of-the-machine",
      });
    }
  }, 60_000);

  it("keeps every point while the server's nginx says that InfluxDB does not take the account yet", async () => {
    const database = kept(await RealInfluxDb.start([OF_POOL]));
    const proxy = kept(await TelemetryProxy.start(database));
    proxy.later = true;
    const statistics = kept(await PretendedPrograms.start({ "/colibri/stats": () => colibriStats() }));
    const telegraf = bridge({ abc: proxy.url }, statistics, { TELEMETRY_PASSWORD_ABC: OF_POOL.password });
    const began = Date.now();
    await until(
      () => Promise.resolve(telegraf.log),
      (log) => log.includes("503") && Date.now() - began > 5000,
    );
    expect(await database.query("SHOW MEASUREMENTS")).toEqual([]);
    proxy.later = false;
    const count = async () => {
      const [jvb] = await database.query("SELECT count(stress_level) FROM jvb");
      return Number(jvb?.values[0]![1] ?? 0);
    };
    // One a second, from the beginning on.
    expect(await until(count, (points) => points >= 6)).toBeGreaterThanOrEqual(6);
    const [first] = await database.query("SELECT first(stress_level) FROM jvb");
    expect(Number(first!.values[0]![0]) * 1000 - began).toBeLessThan(3000);
  }, 60_000);

  it("writes what it has when it is told to end", async () => {
    const database = kept(await RealInfluxDb.start([OF_POOL]));
    const statistics = kept(await PretendedPrograms.start({ "/colibri/stats": () => colibriStats() }));
    const settings = renderBridgeTelegraf(anAccount(), aLinodePool({ id: "eu-burst" }), [aCustomer()]);
    const telegraf = RealTelegraf.start(
      hastened(settings, {
        "http://127.0.0.1:8080": statistics.url,
        "/run/fleet": run,
        "https://abc.meet.acme.example/telemetry": database.url,
        // Never by itself.
        flush_interval: "metric_batch_size = 10000\n  flush_interval",
        'flush_interval = "1s"': 'flush_interval = "1h"',
      }),
      { TELEMETRY_PASSWORD_ABC: OF_POOL.password },
    );
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await database.query("SHOW MEASUREMENTS")).toEqual([]);
    await telegraf.stop();
    const [jvb] = await database.query("SELECT count(stress_level) FROM jvb");
    expect(jvb!.values[0]![1]).toBeGreaterThanOrEqual(2);
  }, 60_000);
});
