import { act, ActProblem, type Hands, isExpected } from "./act";
import type { Action } from "./decide/action";
import { wordsOf } from "./decision-log";
import type { Log } from "./log";

/**
 * Does actions in their order. One that fails at its bridge, or for it at Jicofo, keeps the keeper from that bridge for this
 * round, and no other bridge from what was decided for it: above all not from taking calls again. Whatever else fails ends
 * the round.
 *
 * @param done called after each action that was done
 * @returns why others were not, as sentences without a full stop
 */
export async function carryOut(
  actions: readonly Action[],
  hands: Hands,
  log: Log,
  done: (action: Action) => void,
): Promise<readonly string[]> {
  const failures: string[] = [];
  const troubled = new Set<string>();
  for (const action of actions) {
    const { kind, bridge } = wordsOf(action);
    if (bridge !== undefined && troubled.has(bridge)) continue;
    try {
      await act(action, hands);
    } catch (error) {
      if (!isExpected(error)) throw error;
      const of = bridge === undefined ? "" : ` of ${bridge}`;
      failures.push(`${kind}${of} was not done: ${error.message}`);
      log("ERROR", "not-done", { ...wordsOf(action), problem: error.message });
      if (bridge === undefined || !(error instanceof ActProblem)) return failures;
      troubled.add(bridge);
      continue;
    }
    log("NOTICE", "decision", wordsOf(action));
    done(action);
  }
  return failures;
}
