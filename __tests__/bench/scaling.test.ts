import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { ScalingResults } from "../../scripts/scaling/scaling-results";
import { POLICIES } from "../../simulate/result";

jest.setTimeout(30_000);

const run = (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(process.execPath, ["--import", "tsx", ...args], { maxBuffer: 2 ** 24 });
const bench = async (...args: string[]): Promise<string> => (await run("bench/scaling.ts", ...args)).stdout;

describe("npm run bench:scaling", () => {
  it("prints every policy on a trace, over all, and whether each aim is reached", async () => {
    const text = await bench("--seeds", "1", "--traces", "flat-night");
    for (const title of ["flat-night, 1 seed", "all traces"]) {
      const table = text
        .slice(text.indexOf(title))
        .split("\n")
        .slice(2, 2 + POLICIES.length);
      expect(table.map((line) => line.split(" ")[0])).toEqual([...POLICIES]);
    }
    expect(text.match(/^(?:reached|MISSED) {2}/gm)).toHaveLength(5);
  });

  it("prints what docs/scaling.json holds, settings varied around the defaults", async () => {
    const results = JSON.parse(
      await bench("--json", "--seeds", "1", "--traces", "flat-night"),
    ) as ScalingResults;
    expect(results.runs.map(({ policy }) => policy)).toEqual([...POLICIES]);
    expect(results.scheduled).toEqual([]);
    for (const { totals, first } of results.runs) expect(totals).toEqual(first);
    const of = (setting: string, value: number) =>
      results.variations.find((one) => one.setting === setting && one.value === value)!.policies;
    const usual = (policy: string) => results.runs.find((run) => run.policy === policy)!.totals;
    expect(of("scaling.bootSeconds", 150).keeper).toEqual(usual("keeper"));
    expect(of("scaling.bootSeconds", 300).keeper).not.toEqual(usual("keeper"));
    // Neither a target of stress nor a deadline means anything to the plain autoscaler.
    expect(of("scaling.targetStress", 0.6).plain).toEqual(usual("plain"));
    expect(of("scaling.targetStress", 0.6).keeper).not.toEqual(usual("keeper"));

    // The next seeds beside its own: what --first-seed runs.
    const { firstSeed, runs } = results.heldOut;
    expect(runs.map(({ policy }) => policy)).toEqual(["plain", "keeper", "keeper-never-moves"]);
    expect(firstSeed).toBe(2);
    const other = await bench("--seeds", "1", "--traces", "flat-night", "--first-seed", "2");
    expect(other).toContain("flat-night, 1 seed from 2 on");
    const { interrupted } = runs[0]!.totals;
    expect(interrupted).not.toBe(usual("plain").interrupted);
    expect(other).toMatch(new RegExp(`^plain +${interrupted} `, "m"));
  });

  it("adds schedules to traces with a rush at a known time", async () => {
    const { stdout, stderr } = await run(
      ...["bench/scaling.ts", "--json", "--seeds", "1", "--traces", "school-week"],
    );
    expect(stderr).toMatch(
      /simulation of a week took \d+\.\d\d s of a processor \(\S+ on school-week, seed [12]\); the aim is at most 2 s/,
    );
    const results = JSON.parse(stdout) as ScalingResults;
    expect(results.scheduled.map(({ schedule }) => schedule.minBridges)).toEqual([8, 12]);
    const [few, many] = results.scheduled.map(({ runs }) => runs);
    expect(few!.map(({ policy }) => policy)).toEqual(["plain", "keeper", "keeper-never-moves"]);
    for (const { totals, first, trace } of few!) {
      expect(trace).toBe("school-week");
      expect(totals).toEqual(first);
    }
    const refused = (runs: ScalingResults["runs"]) =>
      runs.find(({ policy }) => policy === "keeper")!.totals.joinsRefused;
    expect(refused(few!)).toBeLessThan(refused(results.runs));
    expect(many![0]!.totals.bridgeHours).toBeGreaterThan(few![0]!.totals.bridgeHours);
    expect(many![2]!.totals.moved).toBe(0);
  });

  it("says what is wrong with its arguments", async () => {
    await expect(bench("--first-seed", "x")).rejects.toThrow("--first-seed x: allowed: 1 or more");
    await expect(bench("--json", "--first-seed", "2")).rejects.toThrow(
      "--first-seed 2: allowed with --json: 1",
    );
    await expect(bench("--seeds", "0")).rejects.toThrow("--seeds 0: allowed: 1 or more");
    await expect(bench("--traces", "weekend")).rejects.toThrow("--traces weekend: allowed: office-week");
  });
});
