import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { candidates, DEFAULT_CANDIDATE, inWords, poolWith } from "../../bench/candidates";
import { KEEPER_DEFAULTS } from "../../model/keeper-defaults";
import { gcpPoolSchema } from "../../model/schema/pool";

jest.setTimeout(60_000);

describe("candidates", () => {
  it("are the defaults first, and each once", () => {
    const all = candidates();
    expect(all[0]).toBe(DEFAULT_CANDIDATE);
    expect(new Set(all.map(inWords)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(20);
  });

  it("make pools that the schema takes, the defaults that of a pool's file without a word", () => {
    const { scaling: _, keeper: __, ...rest } = poolWith(DEFAULT_CANDIDATE);
    expect(gcpPoolSchema.parse(poolWith(DEFAULT_CANDIDATE))).toEqual(
      gcpPoolSchema.parse({ ...rest, scaling: { bootSeconds: 150 } }),
    );
    expect(poolWith(DEFAULT_CANDIDATE).keeper.releaseStress).toBe(KEEPER_DEFAULTS.releaseStress);
    for (const candidate of candidates()) {
      const { scaling, keeper } = gcpPoolSchema.parse(poolWith(candidate));
      expect({ targetStress: scaling.targetStress, ...keeper }).toMatchObject(candidate);
    }
  });
});

describe("npm run tune:scaling", () => {
  it("prints those that keep to the aims by their bridge-hours, the defaults marked", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...["--import", "tsx", "bench/tune-scaling.ts", "--seeds", "1", "--traces", "flat-night"],
    ]);
    const [, good, all] = /^(\d+) of (\d+) candidates/.exec(stdout)!;
    expect(Number(all)).toBe(candidates().length);
    const rows = [
      ...stdout.split("Not among them")[0]!.matchAll(/^ +(\d\.\d{4}) +(\d\.\d{3}) +(\d\.\d\d) %/gm),
    ];
    expect(rows).toHaveLength(Number(good));
    const hours = rows.map((row) => Number(row[1]));
    expect(hours).toEqual([...hours].sort((a, b) => a - b));
    for (const [, , overload, moved] of rows) {
      expect(Number(overload)).toBeLessThanOrEqual(1);
      expect(Number(moved)).toBeLessThanOrEqual(2);
    }
    expect(stdout.match(/<- the defaults$/gm)).toHaveLength(1);
  });
});
