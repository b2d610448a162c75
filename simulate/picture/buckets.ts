import type { Sample } from "../result";

/** A part of a simulation that a picture shows as one step. */
export interface Bucket {
  /** When it begins. */
  readonly at: number;
  /** Most people at once. */
  readonly demand: number;
  /** As it was at its beginning, like the numbers of bridges. */
  readonly capacity: number;
  readonly booting: number;
  readonly active: number;
  readonly draining: number;
  readonly leaving: number;
  /** Whether a bridge was overloaded at any time of it. */
  readonly overloaded: boolean;
  /** In all of it. */
  readonly interrupted: number;
  readonly moved: number;
  readonly refused: number;
}

const LENGTHS = [60, 120, 300, 600, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400] as const;

/** Shortest of the usual lengths of which at most `most` fill the time. */
export const bucketLength = (seconds: number, most: number): number =>
  LENGTHS.find((length) => seconds / length <= most) ?? LENGTHS.at(-1)!;

/** Samples put together to buckets of so many seconds. */
export function bucketsOf(samples: readonly Sample[], length: number): readonly Bucket[] {
  const buckets = new Map<number, Sample[]>();
  for (const sample of samples) {
    const at = Math.floor(sample.at / length) * length;
    const bucket = buckets.get(at);
    if (bucket) bucket.push(sample);
    else buckets.set(at, [sample]);
  }
  return [...buckets].map(([at, inside]) => {
    const { capacity, booting, active, draining, leaving } = inside[0]!;
    const sum = (of: (sample: Sample) => number) => inside.reduce((total, sample) => total + of(sample), 0);
    return {
      at,
      demand: Math.max(...inside.map(({ demand }) => demand)),
      ...{ capacity, booting, active, draining, leaving },
      overloaded: inside.some(({ overloaded }) => overloaded > 0),
      interrupted: sum(({ interrupted }) => interrupted),
      moved: sum(({ moved }) => moved),
      refused: sum(({ refused }) => refused),
    };
  });
}
