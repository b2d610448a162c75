import type { PolicyName, Totals } from "../../simulate/result";
import { LIMITS, percent } from "./aims";
import type { Run, ScalingResults } from "./scaling-results";

/** What stands between the keeper and the aims that it misses, a paragraph each; empty when it misses none. */
export function between(
  { runs }: ScalingResults,
  totals: Readonly<Record<PolicyName, Totals>>,
): readonly string[] {
  const paragraphs = [
    ...overload(runs, totals),
    ...hours(runs, totals, "keeper", LIMITS.keeper),
    ...hours(runs, totals, "keeper-never-moves", LIMITS.neverMoves),
    ...moved(runs, totals),
  ];
  return paragraphs.length === 0 ? [] : ["What stands between:", "", ...paragraphs, ""];
}

type ByPolicy = Readonly<Record<PolicyName, Totals>>;

const runOf = (runs: readonly Run[], policy: PolicyName, trace: string): Run =>
  runs.find((run) => run.policy === policy && run.trace === trace)!;

/** `office-week 1.20, flat-night 1.10`: traces on which a policy is above what is allowed, the worst first. */
function worst(
  runs: readonly Run[],
  policy: PolicyName,
  of: (totals: Totals) => number,
  limit: number,
): string {
  const ratios = runs
    .filter((run) => run.policy === policy)
    .map(({ trace, totals }) => ({ trace, ratio: of(totals) / of(runOf(runs, "plain", trace).totals) }))
    .filter(({ ratio }) => ratio > limit)
    .sort((a, b) => b.ratio - a.ratio);
  return ratios.map(({ trace, ratio }) => `${trace} ${ratio.toFixed(2)}`).join(", ");
}

function overload(runs: readonly Run[], { plain, ...totals }: ByPolicy): readonly string[] {
  return (["keeper", "keeper-never-moves"] as const).flatMap((policy) => {
    if (totals[policy].overloadMinutes <= plain.overloadMinutes) return [];
    return [
      `- **Overload of ${policy}**: above plain's on ${worst(runs, policy, ({ overloadMinutes }) => overloadMinutes, 1)}. ` +
        "Drained bridges carry calls that take none of the load that comes, so those that take calls start fuller when many " +
        "join at once, and Jicofo spreads people only when they join.",
    ];
  });
}

function hours(
  runs: readonly Run[],
  { plain, ...totals }: ByPolicy,
  policy: "keeper" | "keeper-never-moves",
  limit: number,
): readonly string[] {
  const own = totals[policy].bridgeHours;
  if (own / plain.bridgeHours <= limit) return [];
  const drained = runs
    .filter((run) => run.policy === policy)
    .reduce((sum, { drainedHours }) => sum + drainedHours, 0);
  return [
    `- **Bridge-hours of ${policy}**: above ${limit} on ${worst(runs, policy, ({ bridgeHours }) => bridgeHours, limit)}. ` +
      `${percent(drained, own).toFixed(1)} % of its hours are bridges that wait for their calls to end or leave; plain cuts ` +
      `those calls instead. Without these hours it would be at ${((own - drained) / plain.bridgeHours).toFixed(3)}.`,
  ];
}

function moved(runs: readonly Run[], { keeper }: ByPolicy): readonly string[] {
  if (percent(keeper.moved, keeper.participants) <= LIMITS.movedPercent) return [];
  const shares = runs
    .filter(({ policy }) => policy === "keeper")
    .map(({ trace, totals }) => ({ trace, share: percent(totals.moved, totals.participants) }))
    .sort((a, b) => b.share - a.share);
  return [
    `- **Moved**: ${shares.map(({ trace, share }) => `${trace} ${share.toFixed(1)} %`).join(", ")}. A later deadline moves ` +
      "fewer and costs more (below).",
  ];
}
