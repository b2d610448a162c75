import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { ScalingResults } from "../../scripts/scaling/scaling-results";
import { POLICIES } from "../../simulate/result";

jest.setTimeout(30_000);

const bench = async (...args: string[]): Promise<string> =>
  (
    await promisify(execFile)(process.execPath, ["--import", "tsx", "bench/scaling.ts", ...args], {
      maxBuffer: 2 ** 24,
    })
  ).stdout;

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
    for (const { totals, first } of results.runs) expect(totals).toEqual(first);
    const of = (setting: string, value: number) =>
      results.variations.find((one) => one.setting === setting && one.value === value)!.policies;
    const usual = (policy: string) => results.runs.find((run) => run.policy === policy)!.totals;
    expect(of("scaling.bootSeconds", 150).keeper).toEqual(usual("keeper"));
    expect(of("scaling.bootSeconds", 300).keeper).not.toEqual(usual("keeper"));
    // Neither a target of stress nor a deadline means anything to the plain autoscaler.
    expect(of("scaling.targetStress", 0.6).plain).toEqual(usual("plain"));
    expect(of("scaling.targetStress", 0.6).keeper).not.toEqual(usual("keeper"));
  });

  it("says what is wrong with its arguments", async () => {
    await expect(bench("--seeds", "0")).rejects.toThrow("--seeds 0: allowed: 1 or more");
    await expect(bench("--traces", "weekend")).rejects.toThrow("--traces weekend: allowed: office-week");
  });
});
