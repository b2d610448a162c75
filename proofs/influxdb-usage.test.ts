import { aGcpPool } from "../__tests__/builders/fleet";
import { runSetup } from "../__tests__/builders/influxdb-setup-trial";
import { passwordsOf, setupFiles } from "../__tests__/builders/influxdb-setup-trials";
import { aPoint } from "../__tests__/builders/points";
import { type Row, rowsIn } from "../cli/usage/influx-answer";
import type { Month } from "../cli/usage/month";
import { usageOf } from "../cli/usage/usage";
import { usageQueries } from "../cli/usage/usage-queries";
import { TELEMETRY_INTERVAL_SECONDS } from "../model/telemetry";
import { describeWithInfluxDb27, RealInfluxDb27 } from "./real-influxdb-27";

jest.setTimeout(120_000);

const HOUR = 3600;

describeWithInfluxDb27("a conference of ten on two bridges, from the points to the report", () => {
  const end = Math.floor(Date.now() / 1000 / HOUR) * HOUR;
  const pools = [aGcpPool()];
  const tags = { customer: "abc", account: "acme", cloud: "gcp", region: "gcp-europe-west4" };

  let database: RealInfluxDb27;
  beforeAll(async () => {
    database = await RealInfluxDb27.start();
    expect(runSetup(database, setupFiles(pools), passwordsOf(pools, "first"))).toMatchObject({ code: 0 });
  });
  afterAll(() => database.stop());

  /** What both bridges and Jicofo write at one time. */
  const points = (time: number): string[] => [
    ...Object.entries({ x1: 6, x2: 4 }).map(([instance, local]) =>
      aPoint(
        "jvb",
        { ...tags, pool: "acme-eu-burst", instance, relay_id: `${instance}-1`, release: "r", version: "v" },
        { local_endpoints: local, endpoints: 10, octo_endpoints: 10 - local, octo_conferences: 1 },
        time,
      ),
    ),
    aPoint(
      "jicofo",
      { ...tags, pool: "server", instance: "abc-server" },
      { participants: 10, conferences: 1, total_conferences_created: time < end - HOUR + 60 ? 7 : 8 },
      time,
    ),
  ];

  async function ask(query: string): Promise<Row[]> {
    const answer = await database.ask("/query", "jitsi_hourly", "grafana:firstPASSWORDGRAFANA", query);
    const rows = rowsIn(await answer.text());
    if ("complaint" in rows) throw new Error(rows.complaint);
    return rows.map((row) => ({ ...row, time: row.time * 1000 }));
  }

  it("counts each of the ten once", async () => {
    const lines: string[] = [];
    for (let time = end - HOUR; time < end; time += TELEMETRY_INTERVAL_SECONDS) lines.push(...points(time));
    const written = await database.ask(
      "/write",
      "jitsi",
      "acme.eu-burst:firstPASSWORDACMEEUBURST",
      lines.join("\n"),
    );
    expect(written.status).toBe(204);
    await database.runTask(end + 120);

    const month: Month = { name: "hour", start: (end - HOUR) * 1000, end: end * 1000, running: true };
    const { bridges, peak, jicofo } = usageQueries(month);
    const rows = { bridges: await ask(bridges), peak: await ask(peak), jicofo: await ask(jicofo) };
    const asked = [{ pool: "acme-eu-burst", sharedWith: [] }];
    expect(usageOf("abc", month, asked, rows)).toMatchObject({
      countedBy: "bridges",
      participantMinutes: 600,
      peakParticipants: 10,
      conferences: 1,
      pools: [{ pool: "acme-eu-burst", reported: true, hours: 1, bridgeHours: 2 }],
      coverage: { hours: 1, withoutServer: [], withoutBridges: [], incomplete: 0 },
      compared: { bridges: 600, jicofo: 600 },
    });
    // Where bridges are shared, by Jicofo: the same ten.
    expect(usageOf("abc", month, [{ pool: "acme-eu-burst", sharedWith: ["xyz"] }], rows)).toMatchObject({
      countedBy: "jicofo",
      participantMinutes: 600,
      peakParticipants: 10,
    });
  });
});
