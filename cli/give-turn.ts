import { setImmediate } from "node:timers/promises";

/**
 * Gives others their turn: after it, a Ctrl-C from before it has ended the program. Awaiting answers that are there
 * already is no turn. The first round may be one whose events were fetched before the key was pressed, so two pass.
 */
export async function giveTurn(): Promise<void> {
  await setImmediate();
  await setImmediate();
}
