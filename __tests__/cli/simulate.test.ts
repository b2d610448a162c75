import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";

jest.setTimeout(30_000);

let fleet: FleetCommand;
beforeEach(() => {
  fleet = new FleetCommand();
  fleet.write();
});
afterEach(() => fleet.close());

const file = (name: string) => join(fleet.folder, name);
/** Half a day, so that it is quick. */
const simulate = (...args: readonly string[]) =>
  fleet.run(["simulate", "acme/eu-burst", "--days", "0.5", ...args]);

interface Report {
  readonly pool: string;
  readonly seconds: number;
  readonly trace: { readonly name: string; readonly startsAt: number };
  readonly notes: readonly string[];
  readonly policies: Readonly<
    Record<
      string,
      {
        readonly participants: number;
        readonly bridgeHours: number;
        readonly ratioToPlain: number | null;
        readonly ratioToFewest: number | null;
        readonly samples: readonly { readonly demand: number }[];
      }
    >
  >;
}

async function report(...args: readonly string[]): Promise<Report> {
  const { code, out, err } = await simulate("--json", ...args);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as Report;
}

describe("fleet simulate", () => {
  it("compares all policies in a table, and says what the figures mean", async () => {
    const { code, out, err } = await simulate();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const lines = out.split("\n");
    expect(lines[0]).toBe("acme/eu-burst, n2-standard-4, 2 to 8 bridges, stress 0.5, boot 150 s");
    expect(lines[1]).toMatch(/^office-week: a week of an office, .*; 12 hours, seed 1, [0-9,]+ people join$/);
    expect(lines[3]).toMatch(
      /^Policy +Interrupted +Moved +Overload min +Refused +To capacity +Bridge-hours +USD/,
    );
    expect(lines.slice(4, 9).map((line) => line.split(" ")[0])).toEqual([
      "plain",
      "jitsi",
      "keeper",
      "keeper-never-moves",
      "clairvoyant",
    ]);
    expect(out).toContain("- keeper: ours, with the pool's settings.");
    expect(out).toMatch(/list price of n2-standard-4 in europe-west4/);
    expect(Math.max(...lines.slice(10).map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it("finds the pool by its file, too", async () => {
    const args = ["--days", "0.1", "--policy", "plain"];
    const byFile = await fleet.run(["simulate", join(fleet.accounts, "acme/pools/eu-burst.yaml"), ...args]);
    expect(byFile).toEqual(await fleet.run(["simulate", "acme/eu-burst", ...args]));
    expect(byFile.code).toBe(0);
  });

  it("prints everything as JSON: ratios, and a sample each minute", async () => {
    const { pool, seconds, policies } = await report("--policy", "keeper,plain,clairvoyant");
    expect({ pool, seconds }).toEqual({ pool: "acme/eu-burst", seconds: 43_200 });
    expect(Object.keys(policies)).toEqual(["plain", "keeper", "clairvoyant"]);
    const { plain, keeper, clairvoyant } = policies;
    expect(plain).toMatchObject({ ratioToPlain: 1 });
    expect(clairvoyant).toMatchObject({ ratioToFewest: 1 });
    expect(keeper!.ratioToPlain).toBeCloseTo(keeper!.bridgeHours / plain!.bridgeHours, 3);
    expect(keeper!.ratioToFewest).toBeCloseTo(keeper!.bridgeHours / clairvoyant!.bridgeHours, 3);
    expect(keeper!.samples).toHaveLength(720);
  });

  it("has no ratio to what did not run", async () => {
    expect((await report("--policy", "keeper")).policies["keeper"]).toMatchObject({
      ratioToPlain: null,
      ratioToFewest: null,
    });
  });

  it("is the same for the same seed, and another for another", async () => {
    const [first, again, other] = [
      await simulate("--json"),
      await simulate("--json"),
      await simulate("--json", "--seed", "2"),
    ];
    expect(again).toEqual(first);
    expect(other.out).not.toEqual(first.out);
  });

  it("draws the keeper's run against the plain autoscaler's", async () => {
    expect((await simulate("--svg", file("run.svg"))).code).toBe(0);
    const svg = readFileSync(file("run.svg"), "utf8");
    expect(svg).toContain("acme/eu-burst · office-week · keeper<");
    expect(svg).toContain("interrupted by the plain autoscaler");
    expect((await simulate("--policy", "plain", "--svg", file("plain.svg"))).code).toBe(0);
    expect(readFileSync(file("plain.svg"), "utf8")).toContain("office-week · plain<");
  });

  it("says when size.max is in the way", async () => {
    fleet.write({
      "accounts/acme/pools/eu-burst.yaml": `${MODELINES.pool}cloud: gcp\nregion: europe-west4\nserves: [abc]\nsize: { min: 1, max: 2 }\n`,
    });
    const { out } = await simulate("--policy", "keeper");
    expect(out.replace(/\n {2}/g, " ")).toContain(
      "size.max 2 was in the way of keeper: more people came than",
    );
    expect((await simulate("--policy", "keeper", "--days", "0.2")).out).not.toContain("in the way");
  });

  it("takes the keeper's settings from the pool's file", async () => {
    const pool = `${MODELINES.pool}cloud: gcp\nregion: europe-west4\nserves: [abc]\nsize: { min: 1, max: 8 }\n`;
    const hours = async (keeper: string) => {
      fleet.write({ "accounts/acme/pools/eu-burst.yaml": `${pool}keeper: ${keeper}\n` });
      return (await report("--policy", "keeper")).policies["keeper"]!.bridgeHours;
    };
    const usual = await hours("{}");
    expect(await hours("{ surplusMinutes: 240 }")).toBeGreaterThan(usual);
    expect(await hours("{ mode: observe }")).toBe(usual);
    expect((await simulate()).out).toContain(
      "keeper.mode is observe in the pool's file: here the keeper acts",
    );
  });

  describe("of a CSV file", () => {
    const rows = (step: number, count: number) =>
      Array.from(
        { length: count },
        (_, row) =>
          `${new Date(Date.UTC(2026, 9, 12, 6) + row * step * 1000).toISOString()},${row < 2 ? 0 : 40}`,
      );
    const csv = (lines: readonly string[]) => {
      writeFileSync(file("trace.csv"), ["time,participants", ...lines, ""].join("\n"));
      return ["--trace", file("trace.csv")];
    };
    const simulateFile = (...args: readonly string[]) =>
      fleet.run(["simulate", "acme/eu-burst", "--policy", "keeper", "--json", ...args]);

    it("plays all of it, on the clock of the pool's schedules", async () => {
      fleet.write({
        "accounts/acme/pools/eu-burst.yaml":
          `${MODELINES.pool}cloud: gcp\nregion: europe-west4\nserves: [abc]\nsize: { min: 1, max: 8 }\nscaling:\n` +
          "  schedules:\n    day: { start: 45 7 * * *, durationMinutes: 60, minBridges: 3, timeZone: Europe/Amsterdam }\n",
      });
      const { code, out, err } = await simulateFile(...csv(rows(60, 121)));
      expect({ code, err }).toEqual({ code: 0, err: "" });
      const { trace, seconds, policies, notes } = JSON.parse(out) as Report;
      // A Monday, 6:00 in UTC and 8:00 in Amsterdam.
      expect({ ...trace, seconds }).toMatchObject({ name: "trace.csv", startsAt: 8 * 3600, seconds: 7200 });
      const demands = policies["keeper"]!.samples.map(({ demand }) => demand);
      expect(Math.max(...demands)).toBeGreaterThan(30);
      expect(Math.max(...demands)).toBeLessThan(50);
      expect(notes).toEqual([expect.stringContaining("Who is with whom")]);
    });

    it("says what coarse counts and gaps hide", async () => {
      const hourly = rows(3600, 20).filter((_, row) => row < 5 || row > 14);
      const { notes } = JSON.parse((await simulateFile(...csv(hourly))).out) as Report;
      expect(notes.slice(1)).toEqual([
        expect.stringMatching(/^9 of 9 counts are more than ten minutes from the one before/),
        "Counts are missing for 11.0 hours in all, and at most 11.0 at once; nobody knows who was there then.",
      ]);
    });

    it("names the file, the line and what is allowed", async () => {
      const { code, out, err } = await simulateFile(...csv(["today,3", "2026-10-12T08:00:00Z,-3"]));
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err.split("\n")).toEqual([
        `${file("trace.csv")}:2  time "today" is no time; allowed: such as 2026-10-12T08:00:30Z, or seconds since 1970 such as 1791792030`,
        `${file("trace.csv")}:3  participants "-3" is no count; allowed: a number from 0 to 1000000`,
        "",
      ]);
      const many = await simulateFile(...csv(Array<string>(30).fill("today,3")));
      expect(many.err.split("\n")).toHaveLength(22);
      expect(many.err).toMatch(/… and 10 more\n$/);
    });

    it("has no more days than the file", async () => {
      expect(await simulateFile(...csv(rows(60, 721)), "--days", "2")).toEqual({
        code: 2,
        out: "",
        err: "--days 2: allowed is a number above 0, to 0.5.\n",
      });
    });
  });

  it.each([
    [["--seed", "x"], "--seed x: allowed is a whole number from 0.\n"],
    [["--days", "-1"], "--days -1: allowed is a number above 0, to 366.\n"],
    [
      ["--policy", "plain,keper"],
      'No policy is called "keper"; there are clairvoyant, jitsi, keeper, keeper-never-moves, plain. Did you mean keeper?\n',
    ],
    [
      ["--trace", "office-wek"],
      /^No trace is called "office-wek"; there are .* Did you mean office-week\? Or name a file\.csv\.\n$/,
    ],
    [["--trace", "missing.csv"], '"missing.csv" cannot be read (ENOENT).\n'],
  ])("refuses %j", async (args, message) => {
    const { code, out, err } = await simulate(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
  });

  it("says where a picture cannot be written", async () => {
    mkdirSync(file("folder"));
    const { code, err } = await simulate("--policy", "plain", "--svg", file("folder"));
    expect({ code, err }).toEqual({
      code: 2,
      err: `--svg ${file("folder")}: the file cannot be written (EISDIR).\n`,
    });
  });

  it.each([
    [
      "acme/eu-brst",
      'No Google pool is called "acme/eu-brst"; there are acme/eu-burst. Did you mean acme/eu-burst?\n',
    ],
    [
      "acme/nl-static",
      "acme/nl-static is a pool on Linode: its number of bridges stays, so there is nothing to simulate.\n",
    ],
  ])("says in a line why there is nothing to simulate of %s", async (pool, err) =>
    expect(await fleet.run(["simulate", pool])).toEqual({ code: 2, out: "", err }),
  );

  it("says so of a file that is no pool's, and of one in another folder", async () => {
    const wrong = (path: string) => fleet.run(["simulate", path]);
    const missing = await wrong(join(fleet.accounts, "acme/pools/eu-brst.yaml"));
    expect(missing.err).toContain(
      'No Google pool is called "acme/eu-brst"; there are acme/eu-burst. Did you mean',
    );
    expect((await wrong("accounts/acme/account.yaml")).err).toContain(
      'No Google pool is called "accounts/acme/account.yaml"; there are acme/eu-burst.',
    );
  });

  it("shows the problems of the accounts first", async () => {
    fleet.write({
      "accounts/acme/pools/eu-burst.yaml": `${MODELINES.pool}cloud: gcp\nregion: europe-west4\n`,
    });
    const { code, err } = await simulate();
    expect(code).toBe(1);
    expect(err).toContain("accounts/acme/pools/eu-burst.yaml");
  });
});
