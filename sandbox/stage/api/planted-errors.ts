import type { SeededRandom } from "../seeded-random";

/** What may go wrong with a call. `late…`: it was done, and the caller does not hear of it. */
export const ERROR_KINDS = [
  "500",
  "503",
  "429",
  "reset",
  "half an answer",
  "slow",
  "late 500",
  "late reset",
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

export interface ErrorPlan {
  /** Share of the calls that go wrong, 0 to 1. */
  readonly share: number;
  /** @default every kind */
  readonly kinds?: readonly ErrorKind[];
  /** How long a slow answer takes. */
  readonly slowSeconds: number;
}

/** Decides, call by call, what goes wrong. */
export class PlantedErrors {
  readonly planted = new Map<ErrorKind, number>();

  constructor(
    private readonly random: SeededRandom,
    public plan: ErrorPlan = { share: 0, slowSeconds: 0 },
  ) {}

  next(): ErrorKind | undefined {
    if (this.random.next() >= this.plan.share) return undefined;
    const kind = this.random.pick(this.plan.kinds ?? ERROR_KINDS);
    this.planted.set(kind, (this.planted.get(kind) ?? 0) + 1);
    return kind;
  }
}
