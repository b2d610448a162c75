import { giveTurn } from "./give-turn";

/** Work goes on for so long before Ctrl-C is looked at. */
const TURN_MILLISECONDS = 50;

/** The result of long work in steps; between them others have their turn, Ctrl-C above all. */
export async function inTurns<Step, T>(steps: Generator<Step, T>, onTurn: (step: Step) => void): Promise<T> {
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun < TURN_MILLISECONDS) continue;
    onTurn(step.value);
    await giveTurn();
    begun = performance.now();
  }
}
