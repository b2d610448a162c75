import { OVERLOAD_STRESS } from "../../model/capacity";
import { figure } from "../../model/figure";
import type { PolicyName, SimulationResult } from "../../simulate/result";
import type { SimulatedPool } from "../../simulate/simulated-pool";
import type { Trace } from "../../simulate/trace";
import { columns } from "../columns";
import { listItem } from "../list-item";

export interface Comparison {
  readonly pool: SimulatedPool;
  readonly trace: Trace;
  readonly seconds: number;
  readonly seed: number;
  /** One of each policy. */
  readonly results: readonly SimulationResult[];
  /** What the trace does not tell. */
  readonly notes: readonly string[];
}

/** What each policy is, in a few words. */
export const POLICY_WORDS: Readonly<Record<PolicyName, string>> = {
  plain: "Google's autoscaler alone, at CPU 0.5 with a cool-down of 200 s: it may remove busy bridges",
  jitsi: "Jitsi's own autoscaler with the numbers of 8x8",
  keeper: "ours, with the pool's settings",
  "keeper-never-moves": "ours, and nobody is ever moved",
  clairvoyant: "fewest bridges that carry everybody, had one known before: a bound, not a plan",
};

/** Bridge-hours against those of another policy of the same run; undefined where it did not run. */
export function ratioTo(
  policy: PolicyName,
  { totals }: SimulationResult,
  results: readonly SimulationResult[],
): number | undefined {
  const other = results.find((result) => result.policy === policy);
  return other && totals.bridgeHours / other.totals.bridgeHours;
}

/** For people. */
export function comparisonTable(comparison: Comparison): string {
  const { pool, trace, seconds, seed, results } = comparison;
  const { size, scaling, machineType } = pool.settings;
  const ratio = (value: number | undefined) => value?.toFixed(2) ?? "";
  const rows = [
    [
      ...["Policy", "Interrupted", "Moved", "Overload min", "Refused", "To capacity"],
      ...["Bridge-hours", "USD", "To plain", "To fewest"],
    ],
    ...results.map((result) => {
      const { policy, totals } = result;
      const { mean, max } = totals.timeToCapacity;
      return [
        policy,
        whole(totals.interrupted),
        whole(totals.moved),
        whole(totals.overloadMinutes),
        whole(totals.joinsRefused),
        policy === "clairvoyant" ? "" : `${minutes(mean)} (${minutes(max)}) min`,
        totals.bridgeHours.toFixed(1),
        totals.costUsd === null ? "" : totals.costUsd.toFixed(2),
        ratio(ratioTo("plain", result, results)),
        ratio(ratioTo("clairvoyant", result, results)),
      ];
    }),
  ];
  return [
    `${pool.name}, ${machineType}, ${size.min} to ${size.max} bridges, stress ${scaling.targetStress}, boot ` +
      `${scaling.bootSeconds} s`,
    `${trace.name}: ${trace.description}; ${days(seconds)}, seed ${seed}, ` +
      `${whole(results[0]!.totals.participants)} people join`,
    "",
    ...columns(rows, 1),
    "",
    ...notes(comparison).map(listItem),
    "",
  ].join("\n");
}

/** What the figures mean, and what is not in them: one sentence each. */
function notes({ pool, results, notes: ofTrace }: Comparison): readonly string[] {
  const full = results.filter((result) => isShort(result, pool)).map(({ policy }) => policy);
  const { price, settings } = pool;
  return [
    ...results.map(({ policy }) => `${policy}: ${POLICY_WORDS[policy]}.`),
    ...(settings.keeper.mode === "act"
      ? []
      : [`keeper.mode is ${settings.keeper.mode} in the pool's file: here the keeper acts all the same.`]),
    `Overload: minutes of bridges above stress ${OVERLOAD_STRESS}, summed up over the bridges. To capacity: from a load ` +
      "above what the bridges carry at targetStress until it no longer is; mean (longest).",
    price
      ? `USD: list price of ${settings.machineType} in ${settings.region}, without traffic and disks, as of ${price.date}` +
        `${price.isVerified ? "" : "; a first guess for this family of machines"}.`
      : `USD: nobody knows what a ${settings.machineType} in ${settings.region} costs (add it under prices in accounts/defaults.yaml).`,
    ...(full.length > 0
      ? [
          `size.max ${settings.size.max} was in the way of ${full.join(", ")}: more people came than so many bridges ` +
            "carry at targetStress. Raise it, and compare again.",
        ]
      : []),
    ...ofTrace,
    "A model, not a measurement; docs/scaling.md says what is in it.",
  ];
}

/** Whether more people came than the pool may have bridges for. */
const isShort = (
  { samples }: SimulationResult,
  { settings, participantsPerBridge }: SimulatedPool,
): boolean =>
  samples.some(
    ({ demand, booting, active, draining }) =>
      booting + active + draining >= settings.size.max &&
      demand > settings.size.max * settings.scaling.targetStress * participantsPerBridge,
  );

const whole = (value: number): string => figure(value, 0);
const minutes = (seconds: number): string => (seconds / 60).toFixed(1);
const days = (seconds: number): string =>
  seconds >= 2 * 86_400
    ? `${Number((seconds / 86_400).toFixed(1))} days`
    : `${Number((seconds / 3600).toFixed(1))} hours`;

/** For machines: everything, a sample each minute included. */
export function comparisonJson({ pool, trace, seconds, seed, results, notes }: Comparison): string {
  const report = {
    pool: pool.name,
    trace: { name: trace.name, description: trace.description, startsAt: trace.startsAt },
    seconds,
    seed,
    price: pool.price ?? null,
    notes,
    policies: Object.fromEntries(
      results.map((result) => [
        result.policy,
        {
          ...result.totals,
          ratioToPlain: ratioTo("plain", result, results) ?? null,
          ratioToFewest: ratioTo("clairvoyant", result, results) ?? null,
          samples: result.samples,
        },
      ]),
    ),
  };
  const rounded = (_: string, value: unknown) =>
    typeof value === "number" ? Number(value.toFixed(4)) : value;
  return `${JSON.stringify(report, rounded)}\n`;
}
