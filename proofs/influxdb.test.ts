import { aGcpPool } from "../__tests__/builders/fleet";
import { runSetup } from "../__tests__/builders/influxdb-setup-trial";
import { passwordsOf, setupFiles, trySetup } from "../__tests__/builders/influxdb-setup-trials";
import { aPoint } from "../__tests__/builders/points";
import { describeWithInfluxDb27, RealInfluxDb27 } from "./real-influxdb-27";

jest.setTimeout(300_000);

const HOUR = 3600;
/** Seconds between planted points: 10 would prove no more, and take longer. */
const STEP = 30;

describeWithInfluxDb27("influxdb-setup, with the real InfluxDB 2.7,", () => {
  trySetup(() => RealInfluxDb27.start());
});

/** A point of a bridge or of Jicofo, as planted. */
interface Planted {
  readonly time: number;
  /** Where a program that started anew says so. */
  readonly relay: number;
  readonly people: number;
  readonly counter: number;
}

/** Numbers that look random and are the same each time. */
const noise = (seed: number): number => ((Math.sin(seed) * 10_000) % 1) ** 2;

/**
 * A program's points from `begin` to `end`: it starts anew (with a counter from 0) at `restarts`, and was silent from
 * the first to the last of `silent`.
 */
function plant(
  seed: number,
  begin: number,
  end: number,
  restarts: readonly number[],
  silent = [0, 0],
): Planted[] {
  const points: Planted[] = [];
  let [relay, counter, people] = [0, 5_000_000, 10];
  for (let time = begin + seed; time < end; time += STEP) {
    if (restarts.some((restart) => time >= restart && time - STEP < restart))
      [relay, counter] = [relay + 1, 0];
    counter += Math.floor(noise(time + seed) * 1_000_000);
    people = Math.max(0, people + Math.round(noise(time * 3 + seed) * 4 - 2));
    if (time < silent[0]! || time >= silent[1]!) points.push({ time, relay, people, counter });
  }
  return points;
}

const hourOf = (time: number): number => time - (time % HOUR);

/** What the roll-up must say of each hour. */
function expected(points: readonly Planted[], from: number, to: number) {
  const hours = new Map<number, { people: number[]; increase: number }>();
  points.forEach(({ time, people, counter }, at) => {
    if (time < from || time >= to) return;
    const hour = hours.get(hourOf(time)) ?? { people: [], increase: 0 };
    const before = points[at - 1];
    if (before) hour.increase += counter < before.counter ? counter : counter - before.counter;
    hour.people.push(people);
    hours.set(hourOf(time), hour);
  });
  return hours;
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** Largest sum, over bridges, of their means of a minute. */
function peaks(bridges: readonly (readonly Planted[])[], from: number, to: number): [number, number][] {
  const minutes = new Map<number, number>();
  for (const points of bridges) {
    const own = new Map<number, number[]>();
    for (const { time, people } of points) {
      if (time < from || time >= to) continue;
      const minute = time - (time % 60);
      own.set(minute, [...(own.get(minute) ?? []), people]);
    }
    for (const [minute, all] of own) minutes.set(minute, (minutes.get(minute) ?? 0) + mean(all));
  }
  const hours = new Map<number, number>();
  for (const [minute, sum] of minutes)
    hours.set(hourOf(minute), Math.max(hours.get(hourOf(minute)) ?? 0, sum));
  return [...hours].sort(([a], [b]) => a - b);
}

describeWithInfluxDb27("the hourly roll-up", () => {
  const end = hourOf(Math.floor(Date.now() / 1000));
  const [first, begin] = [end - 24 * HOUR, end - 30 * HOUR];
  const pools = [aGcpPool()];
  const tags = {
    customer: "abc",
    account: "acme",
    pool: "acme-eu-burst",
    cloud: "gcp",
    region: "gcp-europe-west4",
  };
  const bridges = {
    // Started anew twice in one hour, and once before the hours that count.
    one: plant(1, begin, end, [begin + HOUR, end - 9.5 * HOUR, end - 9.3 * HOUR]),
    // Away for three hours, within the hours and at their beginning.
    two: plant(2, begin, end, [], [end - 15 * HOUR, end - 12 * HOUR]),
    three: plant(3, begin, end, [], [first - HOUR / 2, first + 2.5 * HOUR]),
    // Came late.
    four: plant(4, end - 2.4 * HOUR, end, []),
  };
  const jicofo = plant(5, begin, end, [end - 5.5 * HOUR]);
  const ofBridges = (keep: (instance: string, time: number) => boolean) =>
    Object.entries(bridges).flatMap(([instance, points]) =>
      points
        .filter(({ time }) => keep(instance, time))
        .map(({ time, relay, people, counter }) =>
          aPoint(
            "jvb",
            { ...tags, instance, relay_id: `${instance}-${relay}`, release: "r", version: String(relay) },
            {
              local_endpoints: people,
              stress_level: people / 100,
              total_bytes_sent: counter,
              total_bytes_sent_octo: counter * 3,
            },
            time,
          ),
        ),
    );
  /** Points of one bridge from here to there came late: its Telegraf kept them. */
  const late = (instance: string, time: number) =>
    instance === "one" && time >= end - 6 * HOUR && time < end - 3 * HOUR;

  let database: RealInfluxDb27;
  beforeAll(async () => {
    database = await RealInfluxDb27.start();
    const passwords = passwordsOf(pools, "first");
    expect(runSetup(database, setupFiles(pools), passwords)).toMatchObject({ code: 0 });
    await write(ofBridges((instance, time) => !late(instance, time)));
    await write(
      jicofo.map(({ time, people, counter }) =>
        aPoint(
          "jicofo",
          { ...tags, pool: "server", instance: "abc-server" },
          { participants: people, total_conferences_created: counter },
          time,
        ),
      ),
    );
    await database.runTask(end + 120);
    await write(ofBridges(late));
    await database.runTask(end + 120);
  });
  afterAll(() => database.stop());

  async function write(lines: readonly string[]): Promise<void> {
    for (let at = 0; at < lines.length; at += 5000) {
      const body = lines.slice(at, at + 5000).join("\n");
      const answer = await database.ask("/write", "jitsi", "acme.eu-burst:firstPASSWORDACMEEUBURST", body);
      expect(answer.status).toBe(204);
    }
  }

  /** Rows as Grafana's account reads them. */
  async function rows(query: string): Promise<Record<string, number | string>[]> {
    const answer = await database.ask("/query", "jitsi_hourly", "grafana:firstPASSWORDGRAFANA", query);
    const { results } = (await answer.json()) as {
      results: { error?: string; series?: { columns: string[]; values: (number | string)[][] }[] }[];
    };
    expect(results[0]!.error).toBeUndefined();
    return (results[0]!.series ?? []).flatMap(({ columns, values }) =>
      values.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]!]))),
    );
  }

  it.each(Object.entries(bridges))("is right for bridge %s", async (instance, points) => {
    const found = await rows(`SELECT * FROM jvb_hourly WHERE instance = '${instance}'`);
    const meant = [...expected(points, first, end)].map(([time, { people, increase }]) => ({
      ...tags,
      instance,
      time,
      samples: people.length,
      local_endpoints_mean: expect.closeTo(mean(people), 6),
      stress_level_mean: expect.closeTo(mean(people) / 100, 6),
      bytes_sent: expect.closeTo(increase, 3),
      bytes_sent_octo: expect.closeTo(increase * 3, 3),
    }));
    expect(found).toEqual(meant);
  });

  it("is right for Jicofo, also when it started anew", async () => {
    const meant = [...expected(jicofo, first, end)].map(([time, { people, increase }]) => ({
      ...tags,
      pool: "server",
      instance: "abc-server",
      time,
      samples: people.length,
      participants_mean: expect.closeTo(mean(people), 6),
      participants_max: Math.max(...people),
      conferences_created: expect.closeTo(increase, 3),
    }));
    expect(await rows("SELECT * FROM jicofo_hourly")).toEqual(meant);
  });

  it("knows the most participants at once over all bridges", async () => {
    expect(await rows("SELECT * FROM customer_hourly")).toEqual(
      peaks(Object.values(bridges), first, end).map(([time, peak]) => ({
        customer: "abc",
        time,
        local_endpoints_max: expect.closeTo(peak, 6),
      })),
    );
  });

  it("comes out the same whichever run computes it: the first of the hours is another run's third", async () => {
    const all = () =>
      rows(`SELECT * FROM jvb_hourly, jicofo_hourly, customer_hourly WHERE time >= ${first}s`);
    const before = await all();
    expect(before.length).toBeGreaterThan(60);
    await database.runTask(end - 2 * HOUR + 120);
    const alike = before.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          // Sums are added up in any order.
          typeof value === "number" ? (expect.closeTo(value, 6) as number) : value,
        ]),
      ),
    );
    expect(await all()).toEqual(alike);
  });

  it("is read by the reader alone, and written by nobody but the task", async () => {
    const writer = "acme.eu-burst:firstPASSWORDACMEEUBURST";
    const read = await database.ask("/query", "jitsi_hourly", writer, "SELECT * FROM jvb_hourly");
    expect(await read.text()).toContain("database not found");
    expect((await database.ask("/write", "jitsi_hourly", writer, "jvb_hourly x=1")).status).toBe(404);
    const reader = "grafana:firstPASSWORDGRAFANA";
    expect((await database.ask("/write", "jitsi", reader, "jvb x=1")).status).toBe(403);
  });
});
