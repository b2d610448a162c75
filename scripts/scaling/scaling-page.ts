import { figure } from "../../model/figure";
import type { PolicyName, Totals } from "../../simulate/result";
import { POLICIES } from "../../simulate/result";
import { aimsOf } from "./aims";
import { between } from "./between";
import { markdownTable } from "./markdown-table";
import { overTraces } from "./over-traces";
import { plainTarget } from "./plain-target";
import { poolOf } from "./pool-of";
import { percent } from "./ratios-of";
import { MODEL, policyParagraphs } from "./scaling-words";
import type { ScalingResults, TraceTotals, Variation } from "./scaling-results";
import { scheduledSection } from "./scheduled-section";

/** A trace whose first seed is drawn. */
export interface PicturedTrace {
  readonly name: string;
  readonly description: string;
}

/** Where the picture of a trace is, from docs/. */
export const picturePath = (trace: string): string => `pictures/scaling-${trace}.svg`;

/** docs/scaling.md, from what `npm run bench:scaling -- --json` measured. */
export function renderScalingPage(results: ScalingResults, traces: readonly PicturedTrace[]): string {
  const over = allTraces(results);
  const { heldOut } = results;
  return [
    "# What scaling does",
    "",
    `How a Google pool fares under the keeper and under others, over ${traces.length} traces and ${results.seeds} seeds each.`,
    "`npm run bench:scaling -- --json > docs/scaling.json` simulates it (some minutes), `npm run scaling` writes this page and",
    "its pictures from that; a test holds page and data against each other and against a new run of a part. Your own pool,",
    "and your own weeks: [operations](operations.md#try-a-pools-numbers).",
    "",
    "## Aims",
    "",
    ...markdownTable(["aim", "reached", ""], aimRows(results.runs), 3),
    "",
    ...between(results),
    `The defaults were chosen by these seeds. The same on others, ${heldOut.firstSeed} to ${heldOut.firstSeed + results.seeds - 1}:`,
    "",
    ...markdownTable(["aim", "reached on other seeds", ""], aimRows(heldOut.runs), 3),
    "",
    "## Policies compared",
    "",
    "All traces and seeds together. Moved: of those who joined. Overload: minutes of bridges above stress 0.8, summed up over",
    "the bridges. To capacity: from a load above what the bridges that take calls carry at `targetStress` until it no longer",
    "is; the mean, and the longest. To fewest: against the clairvoyant bound.",
    "",
    ...markdownTable(
      HEADER,
      POLICIES.map((policy) => row(policy, over[policy], over)),
      1,
    ),
    "",
    ...policyParagraphs(plainTarget(poolOf(results), results)),
    "",
    "## Trace by trace",
    "",
    ...traces.flatMap(({ name, description }) => ofTrace(results, name, description)),
    "## What a setting does",
    "",
    "One setting varied, the others as they are; all traces and seeds. Bold: the default. Against plain, which has no",
    "`targetStress` and no deadline.",
    "",
    ...[...new Set(results.variations.map(({ setting }) => setting))].flatMap((setting) =>
      ofSetting(
        results,
        setting,
        results.variations.filter((variation) => variation.setting === setting),
      ),
    ),
    ...scheduledSection(results),
    ...MODEL,
    "",
  ].join("\n");
}

const aimRows = (runs: readonly TraceTotals[]): readonly (readonly string[])[] =>
  aimsOf(runs).map(({ aim, reached, isMet }) => [aim, reached, isMet ? "met" : "**missed**"]);

type ByPolicy = Readonly<Record<PolicyName, Totals>>;

const HEADER = [
  ...["policy", "interrupted", "moved", "overload min", "refused", "to capacity, min"],
  ...["bridge-hours", "USD", "to plain", "to fewest"],
];

const minutes = (seconds: number): string => (seconds / 60).toFixed(1);

const row = (name: string, totals: Totals, { plain, clairvoyant }: ByPolicy): readonly string[] => [
  name,
  figure(totals.interrupted, 0),
  `${percent(totals.moved, totals.participants).toFixed(2)} %`,
  figure(totals.overloadMinutes, 0),
  figure(totals.joinsRefused, 0),
  totals === clairvoyant
    ? ""
    : `${minutes(totals.timeToCapacity.mean)} (${minutes(totals.timeToCapacity.max)})`,
  figure(totals.bridgeHours, 0),
  totals.costUsd === null ? "" : figure(totals.costUsd, 0),
  (totals.bridgeHours / plain.bridgeHours).toFixed(3),
  (totals.bridgeHours / clairvoyant.bridgeHours).toFixed(3),
];

/** Sums over the traces. */
const allTraces = ({ runs }: ScalingResults): ByPolicy => byPolicy((policy) => overTraces(runs, policy));

const byPolicy = (of: (policy: PolicyName) => Totals): ByPolicy =>
  Object.fromEntries(POLICIES.map((policy) => [policy, of(policy)])) as Record<PolicyName, Totals>;

function ofTrace({ runs, seeds }: ScalingResults, name: string, description: string): readonly string[] {
  const totals = byPolicy(
    (policy) => runs.find((run) => run.trace === name && run.policy === policy)!.totals,
  );
  const joined = figure(totals.plain.participants / seeds, 0);
  return [
    `### ${name}`,
    "",
    `${description[0]!.toUpperCase()}${description.slice(1)}; ${joined} people join, as a mean of the seeds.`,
    "",
    ...markdownTable(
      HEADER,
      POLICIES.map((policy) => row(policy, totals[policy], totals)),
      1,
    ),
    "",
    `![${name} under the keeper](${picturePath(name)})`,
    "",
  ];
}

function ofSetting(results: ScalingResults, setting: string, all: readonly Variation[]): readonly string[] {
  const rows = all.map(({ value, policies: { plain, keeper, ...others } }) => {
    const never = others["keeper-never-moves"]!;
    const cells = [
      String(value),
      (keeper!.bridgeHours / plain!.bridgeHours).toFixed(3),
      (never.bridgeHours / plain!.bridgeHours).toFixed(3),
      `${percent(keeper!.moved, keeper!.participants).toFixed(2)} %`,
      figure(keeper!.overloadMinutes, 0),
      (keeper!.overloadMinutes / plain!.overloadMinutes).toFixed(2),
      figure(keeper!.joinsRefused, 0),
      minutes(keeper!.timeToCapacity.mean),
      figure(keeper!.interrupted, 0),
    ];
    return value === valueOf(results.pool, setting) ? cells.map((cell) => `**${cell}**`) : cells;
  });
  return [
    ...markdownTable(
      [
        ...[`\`${setting}\``, "bridge-hours to plain", "never moves, to plain", "moved", "overload min"],
        ...["to plain", "refused", "to capacity, min", "interrupted"],
      ],
      rows,
      0,
    ),
    "",
  ];
}

/** A field of the pool's file: `scaling.bootSeconds`. */
const valueOf = (pool: ScalingResults["pool"], setting: string): unknown =>
  setting
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], pool);
