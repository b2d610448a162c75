import { PointWriter } from "../../../keeper/clients/influxdb";
import type { Point } from "../../../keeper/clients/points";
import { PretendedPool } from "../../builders/pretended-pool";

const point = (size: number): Point => ({ measurement: "keeper", tags: {}, fields: { size }, time: 1 });

let pool: PretendedPool;
let logged: string[];
let writer: PointWriter;
beforeEach(async () => {
  pool = await PretendedPool.start();
  logged = [];
  writer = new PointWriter(pool.file().influxdb, "canary", (severity, event, fields) => {
    logged.push(`${severity} ${event} ${JSON.stringify(fields ?? {})}`);
  });
});
afterEach(() => pool.stop());

describe("PointWriter", () => {
  it("writes as its account, into its database", async () => {
    writer.write([point(1), point(2)]);
    await writer.end();
    expect(pool.points).toEqual(["keeper size=1 1000", "keeper size=2 1000"]);
    expect(pool.writer).toBe(`Basic ${Buffer.from("server:canary").toString("base64")}`);
    expect(Object.fromEntries(pool.asked[0]!.query)).toEqual({ db: "jitsi", precision: "ms" });
  });

  it("writes what came meanwhile with the next write, and loses nothing", async () => {
    for (let size = 0; size < 5; size++) writer.write([point(size)]);
    await writer.end();
    expect(pool.points).toHaveLength(5);
    expect(pool.asked.length).toBeLessThan(5);
  });

  it("says once that InfluxDB is away and once that it is back, and brings then what waited", async () => {
    pool.influxdbStatus = 503;
    for (let size = 0; size < 3; size++) {
      writer.write([point(size)]);
      await writer.end();
    }
    pool.influxdbStatus = 204;
    writer.write([point(3)]);
    await writer.end();
    expect(logged).toEqual([
      expect.stringMatching(/^WARNING influxdb-away .*HTTP status 503/),
      "NOTICE influxdb-back {}",
    ]);
    expect(pool.points).toHaveLength(4);
    expect(logged.join()).not.toContain("canary");
  });

  it("drops points that InfluxDB will never take, and goes on", async () => {
    pool.influxdbStatus = 400;
    writer.write([point(0)]);
    await writer.end();
    pool.influxdbStatus = 204;
    writer.write([point(1)]);
    await writer.end();
    expect(pool.points).toEqual(["keeper size=1 1000"]);
  });
});
