import type { PolicyName, Totals } from "../../simulate/result";
import { plainTargetStress } from "../../simulate/simulate";
import { LIMITS } from "./aims";
import { overTraces } from "./over-traces";
import { poolOf } from "./pool-of";
import { hoursToPlain, movedPercent, overloadToPlain, percent, type Ratio, ratiosOf } from "./ratios-of";
import type { Run, ScalingResults } from "./scaling-results";

/**
 * What stands between the keeper and its aims, on each trace and not only over all of them, and what it is slower at; a
 * paragraph each, none where there is nothing to say.
 */
export function between(results: ScalingResults): readonly string[] {
  const { runs } = results;
  const paragraphs = [
    ...overload(runs),
    ...hours(runs, "keeper", LIMITS.keeper),
    ...hours(runs, "keeper-never-moves", LIMITS.neverMoves),
    ...moved(runs),
    ...timeToCapacity(results),
  ];
  return paragraphs.length === 0 ? [] : ["What stands between, on each trace:", "", ...paragraphs, ""];
}

/** Traces on which a policy is above what is allowed, the worst first. */
const above = (runs: readonly Run[], policy: PolicyName, ratio: Ratio, limit: number) =>
  ratiosOf(runs, policy, ratio).filter((one) => one.ratio > limit);

function overload(runs: readonly Run[]): readonly string[] {
  return (["keeper", "keeper-never-moves"] as const).flatMap((policy) => {
    const worse = above(runs, policy, overloadToPlain, 1);
    if (worse.length === 0) return [];
    return [
      `- **Overload of ${policy}**: above plain's on ${worse.map(({ trace, ratio }) => `${trace} ${ratio.toFixed(2)}`).join(", ")}. ` +
        "Drained bridges carry calls that take none of the load that comes, so those that take calls start fuller when many " +
        "join at once, and Jicofo spreads people only when they join.",
    ];
  });
}

function hours(
  runs: readonly Run[],
  policy: "keeper" | "keeper-never-moves",
  limit: number,
): readonly string[] {
  const dear = above(runs, policy, hoursToPlain, limit).map(({ trace, ratio }) => {
    const { totals, drainedHours } = runs.find((run) => run.policy === policy && run.trace === trace)!;
    const rest = (ratio * (totals.bridgeHours - drainedHours)) / totals.bridgeHours;
    return (
      `on ${trace} ${ratio.toFixed(3)}, where ${percent(drainedHours, totals.bridgeHours).toFixed(1)} % of its hours are ` +
      `bridges that wait for their calls to end or leave (${rest.toFixed(3)} without them)`
    );
  });
  if (dear.length === 0) return [];
  return [
    `- **Bridge-hours of ${policy}** above ${limit} of plain's: ${dear.join("; ")}. Plain cuts those calls instead.`,
  ];
}

function moved(runs: readonly Run[]): readonly string[] {
  const many = above(runs, "keeper", movedPercent, LIMITS.movedPercent);
  if (many.length === 0) return [];
  return [
    `- **Moved** above ${LIMITS.movedPercent} %: ${many.map(({ trace, ratio }) => `${trace} ${ratio.toFixed(1)} %`).join(", ")}. ` +
      "A later deadline moves fewer and costs more (below).",
  ];
}

function timeToCapacity(results: ScalingResults): readonly string[] {
  const { runs } = results;
  const [own, plain] = [overTraces(runs, "keeper"), overTraces(runs, "plain")];
  const minutes = ({ timeToCapacity: { mean } }: Totals) => (mean / 60).toFixed(1);
  if (own.timeToCapacity.mean <= plain.timeToCapacity.mean) return [];
  const drained = runs.reduce(
    (sum, { policy, drainedHours }) => sum + (policy === "keeper" ? drainedHours : 0),
    0,
  );
  const pool = poolOf(results);
  const { keeper, scaling } = pool.settings;
  return [
    `- **Time to capacity** is longer than plain's: ${minutes(own)} minutes in the mean against ${minutes(plain)}, because fewer ` +
      `machines take calls before a load comes (${((own.bridgeHours - drained) / plain.bridgeHours).toFixed(3)} of plain's ` +
      `bridge-hours without drained ones), drained ones come back only when the others are at \`releaseStress\` ` +
      `(${keeper.releaseStress}), and the target is higher: a stress of ${scaling.targetStress} against plain's ` +
      `${plainTargetStress(pool).toFixed(2)}.`,
  ];
}
