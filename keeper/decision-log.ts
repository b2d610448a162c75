import type { Action } from "./decide/action";
import type { DecisionState } from "./state";

const KEPT = 20;

/** An action as logs and people read it. */
export function wordsOf(action: Action): Pick<DecisionState, "kind" | "bridge" | "reason"> {
  return action.kind === "set-min"
    ? { kind: action.kind, reason: `${action.min}: ${action.reason}` }
    : { kind: action.kind, bridge: action.bridge, reason: action.reason };
}

const isSame = (
  a: Pick<DecisionState, "kind" | "bridge">,
  b: Pick<DecisionState, "kind" | "bridge">,
): boolean => a.kind === b.kind && a.bridge === b.bridge;

/** The last decisions, oldest first. One that is made again and again, because it cannot be done, is kept once. */
export class DecisionLog {
  constructor(public decisions: readonly DecisionState[] = []) {}

  /**
   * @param at ISO 8601
   * @returns whether it is another one than those that were not done before
   */
  add(action: Action, at: string): boolean {
    const words = wordsOf(action);
    const others = this.decisions.filter((each) => each.done || !isSame(each, words));
    const isNew = others.length === this.decisions.length;
    this.decisions = [...others, { at, ...words, done: false }].slice(-KEPT);
    return isNew;
  }

  markDone(action: Action): void {
    const words = wordsOf(action);
    this.decisions = this.decisions.map((each) =>
      !each.done && isSame(each, words) ? { ...each, done: true } : each,
    );
  }
}
