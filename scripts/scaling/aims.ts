import type { PolicyName, Totals } from "../../simulate/result";

/** What was to be reached, and what was. */
export interface Aim {
  readonly aim: string;
  readonly reached: string;
  readonly isMet: boolean;
}

/** Most that a policy may cost against the plain autoscaler, in bridge-hours, and the share of people it may move. */
export const LIMITS = { neverMoves: 1.15, keeper: 1.05, movedPercent: 2 } as const;

export const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

/** The aims of the keeper, over all traces and seeds together. */
export function aimsOf(totals: Readonly<Record<PolicyName, Totals>>): readonly Aim[] {
  const { plain, keeper } = totals;
  const never = totals["keeper-never-moves"];
  const hours = (of: Totals) => of.bridgeHours / plain.bridgeHours;
  const overload = (of: Totals) => of.overloadMinutes / plain.overloadMinutes;
  const moved = percent(keeper.moved, keeper.participants);
  const interrupted = keeper.interrupted + never.interrupted;
  return [
    {
      aim: "nobody is interrupted by the keeper",
      reached: `${number(interrupted)}; plain interrupts ${number(plain.interrupted)}`,
      isMet: interrupted === 0,
    },
    {
      aim: "overload no worse than plain's",
      reached: `${overload(keeper).toFixed(2)} of plain's minutes; when nobody is moved ${overload(never).toFixed(2)}`,
      isMet: overload(keeper) <= 1 && overload(never) <= 1,
    },
    {
      aim: `at most ${LIMITS.neverMoves} of plain's bridge-hours when nobody is ever moved`,
      reached: hours(never).toFixed(3),
      isMet: hours(never) <= LIMITS.neverMoves,
    },
    {
      aim: `at most ${LIMITS.keeper} of plain's bridge-hours with the default deadline`,
      reached: hours(keeper).toFixed(3),
      isMet: hours(keeper) <= LIMITS.keeper,
    },
    {
      aim: `and then at most ${LIMITS.movedPercent} % of the participants moved`,
      reached: `${moved.toFixed(2)} %`,
      isMet: moved <= LIMITS.movedPercent,
    },
  ];
}

export const number = (value: number): string => Math.round(value).toLocaleString("en-US");
