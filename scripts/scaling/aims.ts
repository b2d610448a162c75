import type { PolicyName, Totals } from "../../simulate/result";
import type { TraceTotals } from "./scaling-results";
import { sumTotals } from "./sum-totals";

/** What was to be reached, and what was. */
export interface Aim {
  readonly aim: string;
  readonly reached: string;
  readonly isMet: boolean;
}

/** Most that a policy may cost against the plain autoscaler, in bridge-hours, and the share of people it may move. */
export const LIMITS = { neverMoves: 1.15, keeper: 1.05, movedPercent: 2 } as const;

/**
 * The aims of the keeper. Interruptions and overload are held on each trace; bridge-hours and who is moved over all traces
 * together, and the worst trace is named beside that.
 */
export function aimsOf(runs: readonly TraceTotals[]): readonly Aim[] {
  const of = (policy: PolicyName) => sumTotals(totalsOf(runs, policy));
  const [plain, keeper, never] = [of("plain"), of("keeper"), of("keeper-never-moves")];
  const interrupted = keeper.interrupted + never.interrupted;
  const overloads = (["keeper", "keeper-never-moves"] as const).map((policy) => {
    const ratio = toPlain(({ overloadMinutes }) => overloadMinutes);
    return { sum: ratio(of(policy), plain), worst: worstTrace(runs, policy, ratio) };
  });
  const hours = toPlain(({ bridgeHours }) => bridgeHours);
  const moved = movedPercent(keeper);
  const beside = (policy: PolicyName, ratio: Ratio, digits: number, unit = "") => {
    const { trace, ratio: worst } = worstTrace(runs, policy, ratio);
    return `at worst ${worst.toFixed(digits)}${unit}, ${trace}`;
  };
  const [own, waiting] = overloads.map(
    ({ sum, worst }) => `${sum.toFixed(2)} (at worst ${worst.ratio.toFixed(2)}, ${worst.trace})`,
  );
  return [
    {
      aim: "nobody is interrupted by the keeper",
      reached: `${number(interrupted)}; plain interrupts ${number(plain.interrupted)}`,
      isMet: interrupted === 0,
    },
    {
      aim: "overload no worse than plain's, on each trace",
      reached: `${own} of plain's minutes; when nobody is moved ${waiting}`,
      isMet: overloads.every(({ worst }) => worst.ratio <= 1),
    },
    {
      aim: `at most ${LIMITS.neverMoves} of plain's bridge-hours when nobody is ever moved`,
      reached: `${hours(never, plain).toFixed(3)} (${beside("keeper-never-moves", hours, 3)})`,
      isMet: hours(never, plain) <= LIMITS.neverMoves,
    },
    {
      aim: `at most ${LIMITS.keeper} of plain's bridge-hours with the default deadline`,
      reached: `${hours(keeper, plain).toFixed(3)} (${beside("keeper", hours, 3)})`,
      isMet: hours(keeper, plain) <= LIMITS.keeper,
    },
    {
      aim: `and then at most ${LIMITS.movedPercent} % of the participants moved`,
      reached: `${moved.toFixed(2)} % (${beside("keeper", movedPercent, 2, " %")})`,
      isMet: moved <= LIMITS.movedPercent,
    },
  ];
}

/** A figure of a policy's totals, beside plain's of the same calls. */
type Ratio = (own: Totals, plain: Totals) => number;

/** 1 where both are 0. */
const toPlain =
  (of: (totals: Totals) => number): Ratio =>
  (own, plain) =>
    of(own) === of(plain) ? 1 : of(own) / of(plain);

/** The trace on which a policy has the largest. */
export function worstTrace(
  runs: readonly TraceTotals[],
  policy: PolicyName,
  ratio: Ratio,
): { readonly trace: string; readonly ratio: number } {
  return ratiosOf(runs, policy, ratio)[0]!;
}

/** By trace, the largest first. */
export function ratiosOf(
  runs: readonly TraceTotals[],
  policy: PolicyName,
  ratio: Ratio,
): readonly { readonly trace: string; readonly ratio: number }[] {
  const plain = (trace: string) => runs.find((run) => run.policy === "plain" && run.trace === trace)!.totals;
  return runs
    .filter((run) => run.policy === policy)
    .map(({ trace, totals }) => ({ trace, ratio: ratio(totals, plain(trace)) }))
    .sort((a, b) => b.ratio - a.ratio);
}

export const hoursToPlain = toPlain(({ bridgeHours }) => bridgeHours);
export const overloadToPlain = toPlain(({ overloadMinutes }) => overloadMinutes);

const totalsOf = (runs: readonly TraceTotals[], policy: PolicyName): readonly Totals[] =>
  runs.filter((run) => run.policy === policy).map(({ totals }) => totals);

export const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

export const movedPercent = ({ moved, participants }: Totals): number => percent(moved, participants);

export const number = (value: number): string => Math.round(value).toLocaleString("en-US");
