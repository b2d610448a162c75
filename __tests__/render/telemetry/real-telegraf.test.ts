import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MEASUREMENTS, type Measurement } from "../../../model/measurements";
import { COMMON_TAGS, SERVER_WRITER } from "../../../model/telemetry";
import { renderBridgeTelegraf, renderServerTelegraf } from "../../../render/telemetry/telegraf-conf";
import { aCustomer, aGcpPool, anAccount } from "../../builders/fleet";
import { RealInfluxDb, type Series } from "../../builders/real-influxdb";
import { hasTelegraf, RealTelegraf, rewired } from "../../builders/real-telegraf";
import { type Answers, colibriStats, jicofoStats, PretendedPrograms } from "../../builders/statistics";
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
  "/about/health": () => "OK",
  "/health": () => "OK",
  "/metrics": () => PROSODY_METRICS,
};

/** Seconds become few, and what is elsewhere on a machine is here. */
const trial = (settings: string, changes: Readonly<Record<string, string>>): string =>
  rewired(settings, {
    'interval = "10s"': 'interval = "1s"',
    'interval = "60s"': 'interval = "1s"',
    'flush_jitter = "5s"': 'flush_jitter = "0s"',
    ...changes,
  });

/** Asks until the answer is as it has to be, or half a minute has gone; the last answer counts. */
async function until<T>(ask: () => Promise<T>, good: (answer: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (good(answer) || attempt === 120) return answer;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

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
        trial(renderServerTelegraf(aCustomer({ bridgeOnServer: true })), {
          "http://127.0.0.1:8080": programs.url,
          "http://127.0.0.1:8888": programs.url,
          "http://172.30.0.5:5280": programs.url,
          "http://127.0.0.1:3000/grafana/api/health": `${programs.url}/health`,
          "http://127.0.0.1:8086": database.url,
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
    const [health] = await database.query(
      "SELECT last(result_code) FROM service_health WHERE service = 'grafana'",
    );
    expect(health!.values[0]![1]).toBe(0);
    const [connections] = await database.query(
      "SELECT sum(last) FROM (SELECT last(prosody_mod_c2s__connections) FROM prosody GROUP BY ip_family)",
    );
    expect(connections!.values[0]![1]).toBe(9);
  }, 60_000);
});
