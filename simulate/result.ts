/** Which policy looks after the bridges; what each does is in `simulate/policies/`. */
export const POLICIES = ["plain", "jitsi", "keeper", "keeper-never-moves", "clairvoyant"] as const;
export type PolicyName = (typeof POLICIES)[number];

/** What a simulation of one pool gave. Times are seconds from the beginning of the trace. */
export interface SimulationResult {
  readonly policy: PolicyName;
  readonly trace: string;
  readonly seed: number;
  readonly seconds: number;
  /** One per minute, in order; empty where only the totals were asked for. */
  readonly samples: readonly Sample[];
  readonly totals: Totals;
}

/** The pool at one moment. */
export interface Sample {
  readonly at: number;
  /** People who are in a call, or want to be. */
  readonly demand: number;
  /** Participants that the bridges which take calls carry at targetStress. */
  readonly capacity: number;
  /** Bridges by state; together what is paid for. */
  readonly booting: number;
  readonly active: number;
  readonly draining: number;
  readonly leaving: number;
  /** What the autoscaler recommends; null where there is none. */
  readonly recommended: number | null;
  /** Bridges above OVERLOAD_STRESS (`model/capacity.ts`). */
  readonly overloaded: number;
  /** Since the sample before. */
  readonly interrupted: number;
  readonly moved: number;
  readonly refused: number;
}

export interface Totals {
  /** People who joined. */
  readonly participants: number;
  /** Participants whose bridge was taken from under them. */
  readonly interrupted: number;
  /** Participants whom Jicofo moved in good order: some seconds of black video. */
  readonly moved: number;
  /** Minutes of bridges above OVERLOAD_STRESS, added up over the bridges. */
  readonly overloadMinutes: number;
  /** Joins that no bridge took, because none was there or all were at stress 1 or more. */
  readonly joinsRefused: number;
  /** From the moment at which the load is above what the bridges carry at targetStress until it no longer is. */
  readonly timeToCapacity: { readonly mean: number; readonly max: number };
  /** Hours of all machines, from creation to deletion. */
  readonly bridgeHours: number;
  /** US dollars for those hours; null where the price of the machine is not known (`model/machine-price.ts`). */
  readonly costUsd: number | null;
}
