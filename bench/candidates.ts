import { KEEPER_DEFAULTS, SCALING_DEFAULTS } from "../model/keeper-defaults";
import { POOL } from "./bench-pool";

/** Settings that are tried together; the others are the defaults. `releaseStress` keeps its distance to `fullStress`. */
export interface Candidate {
  readonly targetStress: number;
  readonly fullStress: number;
  readonly moveEarlyBelow: number;
  readonly drainsAtOnce: number;
  readonly surplusMinutes: number;
}

/** So much above `fullStress` drains come back: what is closer together drains and takes back in turns. */
const RELEASE_ABOVE_FULL = 0.08;

export const DEFAULT_CANDIDATE: Candidate = {
  targetStress: SCALING_DEFAULTS.targetStress,
  fullStress: KEEPER_DEFAULTS.fullStress,
  moveEarlyBelow: KEEPER_DEFAULTS.moveEarlyBelow,
  drainsAtOnce: KEEPER_DEFAULTS.drainsAtOnce,
  surplusMinutes: KEEPER_DEFAULTS.surplusMinutes,
};

const GRID: { readonly [setting in keyof Candidate]: readonly number[] } = {
  targetStress: [0.6, 0.65, 0.7],
  fullStress: [0.42, 0.46],
  moveEarlyBelow: [2, 5],
  drainsAtOnce: [3, 5],
  surplusMinutes: [2, 5],
};

/** The defaults first, then everything else of the grid. */
export function candidates(): readonly Candidate[] {
  let all: readonly Candidate[] = [DEFAULT_CANDIDATE];
  for (const setting of Object.keys(GRID) as (keyof Candidate)[])
    all = all.flatMap((one) => GRID[setting].map((value) => ({ ...one, [setting]: value })));
  return [DEFAULT_CANDIDATE, ...all.filter((one) => inWords(one) !== inWords(DEFAULT_CANDIDATE))];
}

/** `targetStress 0.65, fullStress 0.42, ...` */
export const inWords = (candidate: Candidate): string =>
  Object.entries(candidate)
    .map(([setting, value]) => `${setting} ${value}`)
    .join(", ");

/** The bench's pool with these settings, as its file would have them. */
export const poolWith = ({ targetStress, ...keeper }: Candidate) => ({
  ...POOL,
  scaling: { ...POOL.scaling, targetStress },
  keeper: { ...keeper, releaseStress: Number((keeper.fullStress + RELEASE_ABOVE_FULL).toFixed(2)) },
});
