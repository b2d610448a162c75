import { parseArgs } from "node:util";
import { overTraces } from "../scripts/scaling/over-traces";
import type { HeldOut, Run, ScalingResults, Scheduled, Variation } from "../scripts/scaling/scaling-results";
import { sumTotals } from "../scripts/scaling/sum-totals";
import { withSchedule } from "../scripts/scaling/with-schedule";
import { POLICIES, type PolicyName, type Totals } from "../simulate/result";
import { BUILT_IN_TRACES } from "../simulate/traces/built-in-traces";
import { type BenchPool, POOL } from "./bench-pool";
import { KNOWN_RUSHES } from "./known-rushes";
import { printScaling } from "./print-scaling";
import { type Answer, type Job, runSimulations } from "./run-simulations";
import { countOf, seedsFrom } from "./seeds";
import { VARIED } from "./varied-settings";
import { slowestWeek } from "./slowest-week";

/**
 * All policies over all built-in traces and many seeds: interruptions, overload, bridge-hours. The same arguments print
 * the same; how long it took goes to stderr.
 *
 * npm run bench:scaling [-- --json] [-- --seeds 20] [-- --first-seed 21] [-- --traces office-week,flat-night]
 *
 * Ends with 1 when an aim is missed. With --json it prints what docs/scaling.json holds: settings varied, schedules, and
 * the seeds that come after those, by which nothing was chosen.
 */

/** Policies that variations, schedules and other seeds are measured for. */
const FEW_POLICIES = ["plain", "keeper", "keeper-never-moves"] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      seeds: { type: "string", default: "20" },
      "first-seed": { type: "string", default: "1" },
      traces: { type: "string", default: BUILT_IN_TRACES.map(({ name }) => name).join(",") },
    },
  });
  const count = countOf("--seeds", values.seeds);
  const first = countOf("--first-seed", values["first-seed"]);
  if (values.json && first !== 1) throw new Error(`--first-seed ${first}: allowed with --json: 1`);
  const traces = values.traces.split(",");
  const known = BUILT_IN_TRACES.map(({ name }) => name);
  const unknown = traces.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`--traces ${unknown}: allowed: ${known.join(", ")}`);

  const started = performance.now();
  const jobs: Job[] = [];
  /** Puts simulations in the queue; what it returns finds their answers. */
  const ask = (pool: Job["pool"], policies: readonly PolicyName[], on = traces, from = first) => {
    const begin = jobs.length;
    for (const policy of policies)
      for (const trace of on)
        for (const seed of seedsFrom(from, count)) jobs.push({ pool, trace, policy, seed });
    const end = jobs.length;
    return (answers: readonly Answer[]): Run[] => runsOf(answers.slice(begin, end), policies, on, count);
  };
  const base = ask(POOL, POLICIES);
  if (values.json) {
    const varied = VARIED.flatMap(triesOf).map((one) => ({ ...one, runs: ask(one.pool, [one.policy]) }));
    const rushes = KNOWN_RUSHES.filter(({ trace }) => traces.includes(trace)).map((rush) => ({
      ...rush,
      runs: ask(withSchedule(POOL, rush.schedule), FEW_POLICIES, [rush.trace]),
    }));
    const other = ask(POOL, FEW_POLICIES, traces, first + count);
    const answers = await runSimulations(jobs);
    const runs = base(answers);
    const results: ScalingResults = {
      pool: POOL,
      seeds: count,
      runs,
      variations: variationsOf(
        runs,
        varied.map((one) => ({ ...one, totals: overTraces(one.runs(answers), one.policy) })),
      ),
      scheduled: rushes.map((rush): Scheduled => ({ ...rush, runs: rush.runs(answers) })),
      heldOut: heldOutOf(first + count, other(answers)),
    };
    console.log(JSON.stringify(results, rounded, 1));
    tellTime(answers);
  } else {
    const answers = await runSimulations(jobs);
    if (!printScaling(base(answers), traces, first, count)) process.exitCode = 1;
    tellTime(answers);
  }

  function tellTime(answers: readonly Answer[]): void {
    const seconds = (performance.now() - started) / 1000;
    console.error(
      [`${answers.length} simulations in ${seconds.toFixed(0)} s`, ...slowestWeek(jobs, answers)].join("\n"),
    );
  }
}

const heldOutOf = (firstSeed: number, runs: readonly Run[]): HeldOut => ({
  firstSeed,
  runs: runs.map(({ trace, policy, totals }) => ({ trace, policy, totals })),
});

/** Answers come by policy, trace and seed. */
function runsOf(
  answers: readonly Answer[],
  policies: readonly PolicyName[],
  traces: readonly string[],
  seeds: number,
): Run[] {
  return traces.flatMap((trace, t) =>
    policies.map((policy, p): Run => {
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
      const policies = FEW_POLICIES.map((policy) => {
        const own = tried.find(
          (one) => one.setting === setting && one.value === value && one.policy === policy,
        );
        return [policy, own?.totals ?? overTraces(runs, policy)] as const;
      });
      return { setting, value, policies: Object.fromEntries(policies) };
    }),
  );
}

/** Three digits after the point are what another processor agrees on. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === "number" ? Number(value.toFixed(3)) : value;

void main();
