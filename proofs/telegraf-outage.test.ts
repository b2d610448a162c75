import { RealInfluxDb } from "../__tests__/builders/real-influxdb";
import { aCustomer, aLinodePool, anAccount } from "../__tests__/builders/fleet";
import { hastened, hasTelegraf, RealTelegraf, until } from "../__tests__/builders/real-telegraf";
import { hasRealTool } from "../__tests__/builders/real-tool";
import { colibriStats, PretendedPrograms } from "../__tests__/builders/statistics";
import { TelemetryProxy } from "../__tests__/builders/telemetry-proxy";
import { renderBridgeTelegraf } from "../render/telemetry/telegraf-conf";

const hasInfluxDb = hasRealTool("influxd", "Telegraf wrote nowhere", ["influxd", "version"]);
const ACCOUNT = { name: "acme.nl-static", password: "of-the-pool", may: "WRITE" } as const;

/** Samples of 10 minutes, one every 10 seconds. */
const SAMPLES = 60;

(hasTelegraf && hasInfluxDb ? describe : describe.skip)(
  "Telegraf, while its customer's server is away",
  () => {
    const things: { stop(): Promise<void> }[] = [];
    const kept = <T extends { stop(): Promise<void> }>(thing: T): T => {
      things.unshift(thing);
      return thing;
    };
    afterEach(async () => {
      for (const thing of things.splice(0)) await thing.stop();
    });

    it("loses none of the 60 samples that 10 minutes have and writes none twice (compressed: a sample every second)", async () => {
      const database = kept(await RealInfluxDb.start([ACCOUNT]));
      const server = await TelemetryProxy.start(database);
      // The sample's number, as the program asks for it.
      let asked = 0;
      const statistics = kept(
        await PretendedPrograms.start({
          "/colibri/stats": () => colibriStats({ total_ice_succeeded: ++asked }),
        }),
      );
      const telegraf = kept(
        RealTelegraf.start(
          hastened(renderBridgeTelegraf(anAccount(), aLinodePool(), [aCustomer()]), {
            "http://127.0.0.1:8080": statistics.url,
            "https://abc.meet.acme.example": server.url,
            'precision = "1s"': 'precision = "1ms"', // samples are a second apart
          }),
          { TELEMETRY_PASSWORD_ABC: ACCOUNT.password },
        ),
      );
      const numbers = async (): Promise<number[]> => {
        const [jvb] = await database.query("SELECT total_ice_succeeded FROM jvb");
        return (jvb?.values ?? []).map(([, number]) => Number(number));
      };
      await until(numbers, (found) => found.length > 0);

      await server.stop();
      const before = asked;
      while (asked < before + SAMPLES) await new Promise((resolve) => setTimeout(resolve, 200));
      const until60 = await numbers();
      expect(until60.length).toBeLessThanOrEqual(before);
      expect(telegraf.log).toContain("connection refused");
      await server.startAgain();
      kept(server);

      const all = await until(numbers, (found) => found.includes(before + SAMPLES));
      expect(all.length).toBeGreaterThanOrEqual(SAMPLES);
      expect(all).toEqual(Array.from(all, (_, place) => place + 1));
      // Of every other input, too.
      for (const measurement of ["cpu", "mem", "system", "nstat"]) {
        const [points] = await database.query(`SELECT count(*) FROM ${measurement}`);
        expect(Number(points!.values[0]![1])).toBeGreaterThanOrEqual(SAMPLES);
      }
    });
  },
);
