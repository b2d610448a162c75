import { parseArgs } from "node:util";
import { aimsOf, percent } from "../scripts/scaling/aims";
import type { Run, ScalingResults, Variation } from "../scripts/scaling/scaling-results";
import { sumTotals } from "../scripts/scaling/sum-totals";
import { SCALING_DEFAULTS } from "../model/keeper-defaults";
import { POLICIES, type PolicyName, type Totals } from "../simulate/result";
import { BUILT_IN_TRACES } from "../simulate/traces/built-in-traces";
import { type Answer, type Job, runSimulations } from "./run-simulations";

/**
 * All policies over all built-in traces and many seeds: interruptions, overload, bridge-hours. The same arguments print
 * the same; how long it took goes to stderr.
 *
 * npm run bench:scaling [-- --json] [-- --seeds 20] [-- --traces office-week,flat-night]
 *
 * With --json it prints what docs/scaling.json holds, and varies settings, too.
 */

const SCALING: { readonly targetStress: number; readonly targetCpu: number; readonly bootSeconds: number } = {
  ...SCALING_DEFAULTS,
  bootSeconds: 150,
};

/** A pool with the defaults of its file. Its maximum is never in the way. */
const POOL = {
  cloud: "gcp",
  region: "europe-west4",
  serves: ["abc"],
  size: { min: 2, max: 30 },
  scaling: SCALING,
  drainDeadlineMinutes: 60,
};

type BenchPool = typeof POOL;

/** One setting varied. The plain policy knows neither target nor deadline, and who never moves knows no deadline. */
const VARIED: readonly {
  readonly setting: string;
  readonly values: readonly number[];
  readonly matters: readonly PolicyName[];
  readonly valueOf: (pool: BenchPool) => number;
  readonly poolWith: (value: number) => BenchPool;
}[] = [
  {
    setting: "scaling.bootSeconds",
    values: [30, 60, 150, 300],
    matters: ["plain", "keeper", "keeper-never-moves"],
    valueOf: ({ scaling }) => scaling.bootSeconds,
    poolWith: (bootSeconds) => ({ ...POOL, scaling: { ...POOL.scaling, bootSeconds } }),
  },
  {
    setting: "scaling.targetStress",
    values: [0.5, 0.55, 0.6, 0.65, 0.7],
    matters: ["keeper", "keeper-never-moves"],
    valueOf: ({ scaling }) => scaling.targetStress,
    poolWith: (targetStress) => ({ ...POOL, scaling: { ...POOL.scaling, targetStress } }),
  },
  {
    setting: "drainDeadlineMinutes",
    values: [15, 30, 60, 120],
    matters: ["keeper"],
    valueOf: ({ drainDeadlineMinutes }) => drainDeadlineMinutes,
    poolWith: (drainDeadlineMinutes) => ({ ...POOL, drainDeadlineMinutes }),
  },
];

/** Policies that variations are measured for. */
const VARIED_POLICIES = ["plain", "keeper", "keeper-never-moves"] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      seeds: { type: "string", default: "20" },
      traces: { type: "string", default: BUILT_IN_TRACES.map(({ name }) => name).join(",") },
    },
  });
  const seeds = Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1) throw new Error(`--seeds ${values.seeds}: allowed: 1 or more`);
  const traces = values.traces.split(",");
  const known = BUILT_IN_TRACES.map(({ name }) => name);
  const unknown = traces.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`--traces ${unknown}: allowed: ${known.join(", ")}`);

  const started = performance.now();
  const jobsOf = (pool: BenchPool, policy: PolicyName): Job[] =>
    traces.flatMap((trace) =>
      Array.from({ length: seeds }, (_, i): Job => ({ pool, trace, policy, seed: i + 1 })),
    );
  const base = POLICIES.flatMap((policy) => jobsOf(POOL, policy));
  const varied = values.json ? VARIED.flatMap((one) => triesOf(one)) : [];
  const answers = await runSimulations([
    ...base,
    ...varied.flatMap(({ pool, policy }) => jobsOf(pool, policy)),
  ]);
  const runs = runsOf(answers, traces, seeds);
  if (values.json) {
    const size = traces.length * seeds;
    const tried = varied.map((one, i) => {
      const from = base.length + i * size;
      return { ...one, totals: sumTotals(answers.slice(from, from + size).map(({ totals }) => totals)) };
    });
    const results: ScalingResults = { pool: POOL, seeds, runs, variations: variationsOf(runs, tried) };
    console.log(JSON.stringify(results, rounded, 1));
  } else print(runs, traces, seeds);
  const slowest = Math.max(...answers.map(({ seconds }) => seconds));
  console.error(
    `${((performance.now() - started) / 1000).toFixed(0)} s; the slowest of ${answers.length} simulations took ` +
      `${slowest.toFixed(2)} s of a processor`,
  );
}

/** Answers come by policy, trace and seed. */
function runsOf(answers: readonly Answer[], traces: readonly string[], seeds: number): Run[] {
  return traces.flatMap((trace, t) =>
    POLICIES.map((policy, p): Run => {
      const from = (p * traces.length + t) * seeds;
      const own = answers.slice(from, from + seeds);
      return {
        trace,
        policy,
        totals: sumTotals(own.map(({ totals }) => totals)),
        first: own[0]!.totals,
        drainedHours: own.reduce((sum, { drainedHours }) => sum + drainedHours, 0),
      };
    }),
  );
}

const over = (runs: readonly Run[], policy: PolicyName): Totals =>
  sumTotals(runs.filter((run) => run.policy === policy).map(({ totals }) => totals));

interface Try {
  readonly setting: string;
  readonly value: number;
  readonly pool: BenchPool;
  readonly policy: PolicyName;
}

/** What must be simulated for a setting, beside the runs with the defaults. */
const triesOf = ({ setting, values, matters, valueOf, poolWith }: (typeof VARIED)[number]): Try[] =>
  values
    .filter((value) => value !== valueOf(POOL))
    .flatMap((value) => matters.map((policy) => ({ setting, value, pool: poolWith(value), policy })));

function variationsOf(
  runs: readonly Run[],
  tried: readonly (Try & { readonly totals: Totals })[],
): Variation[] {
  return VARIED.flatMap(({ setting, values }) =>
    values.map((value): Variation => {
      const policies = VARIED_POLICIES.map((policy) => {
        const own = tried.find(
          (one) => one.setting === setting && one.value === value && one.policy === policy,
        );
        return [policy, own?.totals ?? over(runs, policy)] as const;
      });
      return { setting, value, policies: Object.fromEntries(policies) };
    }),
  );
}

/** Three digits after the point are what another processor agrees on. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === "number" ? Number(value.toFixed(3)) : value;

const WIDTHS = [20, 13, 10, 9, 15, 10, 14, 14, 10, 10, 9] as const;
const line = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[i]!))).join("");

function print(runs: readonly Run[], traces: readonly string[], seeds: number): void {
  const table = (title: string, of: (policy: PolicyName) => Totals): void => {
    const [plain, bound] = [of("plain"), of("clairvoyant")];
    console.log(`\n${title}`);
    console.log(
      line([
        ...["policy", "interrupted", "moved", "", "overload min", "refused", "to capacity"],
        ...["bridge-hours", "USD", "to plain", "to bound"],
      ]),
    );
    for (const policy of POLICIES) {
      const totals = of(policy);
      console.log(
        line([
          policy,
          String(totals.interrupted),
          String(totals.moved),
          `${percent(totals.moved, totals.participants).toFixed(2)} %`,
          totals.overloadMinutes.toFixed(0),
          String(totals.joinsRefused),
          `${(totals.timeToCapacity.mean / 60).toFixed(1)} min`,
          totals.bridgeHours.toFixed(0),
          totals.costUsd === null ? "?" : totals.costUsd.toFixed(0),
          (totals.bridgeHours / plain.bridgeHours).toFixed(3),
          (totals.bridgeHours / bound.bridgeHours).toFixed(3),
        ]),
      );
    }
  };
  for (const trace of traces)
    table(
      `${trace}, ${seeds} ${seeds === 1 ? "seed" : "seeds"}`,
      (policy) => runs.find((run) => run.trace === trace && run.policy === policy)!.totals,
    );
  table("all traces", (policy) => over(runs, policy));
  const all = Object.fromEntries(POLICIES.map((policy) => [policy, over(runs, policy)]));
  console.log("");
  for (const { aim, reached, isMet } of aimsOf(all as Record<PolicyName, Totals>))
    console.log(`${isMet ? "reached" : "MISSED "}  ${aim}: ${reached}`);
}

void main();
