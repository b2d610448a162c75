import { sleep } from "../sleep";
import { type Answer, expectSuccess, type Request, RequestProblem, send } from "./request";

const TRIES = 3;
/** Pause before another try, as a part of the whole time. */
const PAUSE = 0.1;

/**
 * Reads something of a neighbour, who answers at once or is in trouble: up to three tries, all in the time for one
 * request. Where nobody listens, there is one: a bridge that boots is asked again in the next round.
 *
 * @throws RequestProblem
 */
export async function readSoon(request: Request): Promise<Answer> {
  const begun = performance.now();
  const pause = request.timeoutSeconds * PAUSE;
  for (let tries = 1; ; tries++) {
    const left = request.timeoutSeconds - (performance.now() - begun) / 1000;
    try {
      return expectSuccess(request, await send({ ...request, timeoutSeconds: left }));
    } catch (error) {
      const isOver = tries === TRIES || (performance.now() - begun) / 1000 + pause >= request.timeoutSeconds;
      if (isOver || !(error instanceof RequestProblem) || !error.isPassing || error.isNobody) throw error;
      await sleep(pause);
    }
  }
}
