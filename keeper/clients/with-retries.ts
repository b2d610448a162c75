import { sleep } from "../sleep";
import { RequestProblem } from "./request";

export interface Patience {
  /** Until when a try may begin and end; seconds of `monotonic`. */
  readonly deadline: number;
  /** Longest time for one try. */
  readonly requestSeconds: number;
  readonly monotonic: () => number;
  /** Once aborted, nothing is tried again. */
  readonly stopping: AbortSignal;
}

/** Pause before the second try, as a part of `requestSeconds`; it doubles with each further one. */
const FIRST_PAUSE = 0.1;

/**
 * Tries again while the other side is away or overloaded (no answer, 429, 5xx), with growing pauses of random length, as
 * long as the deadline allows. `Retry-After` is obeyed; when it lies behind the deadline, this ends at once.
 *
 * @param attempt is given the seconds that it may take
 */
export async function withRetries<T>(
  { deadline, requestSeconds, monotonic, stopping }: Patience,
  attempt: (timeoutSeconds: number) => Promise<T>,
): Promise<T> {
  for (let pause = requestSeconds * FIRST_PAUSE; ; pause *= 2) {
    const left = deadline - monotonic();
    if (left <= 0) throw new RequestProblem("no time is left in this round");
    try {
      return await attempt(Math.min(requestSeconds, left));
    } catch (error) {
      if (!(error instanceof RequestProblem) || !error.isPassing) throw error;
      const wait = Math.max(pause * (0.5 + Math.random()), error.retryAfter ?? 0);
      if (stopping.aborted || monotonic() + wait >= deadline) throw error;
      await sleep(wait, stopping);
    }
  }
}
