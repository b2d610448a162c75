export interface DestroyedStack {
  readonly stack: string;
  /** `unchanged`: there was nothing. `failed`: its destroy broke off. `waiting`: its turn did not come. */
  readonly status: "destroyed" | "unchanged" | "failed" | "waiting";
  /** What was planned to go; null when nothing was planned. */
  readonly destroys: readonly string[] | null;
}

/** What `fleet destroy --json` prints. */
export interface DestroyResult {
  /** `unchanged`: nothing was there. `refused`: nothing was destroyed, see `reason`. `declined`: somebody said no. */
  readonly outcome: "destroyed" | "unchanged" | "refused" | "declined" | "failed" | "interrupted" | "unasked";
  /** On pretended clouds. */
  readonly rehearsed: boolean;
  /** What is wrong and what to do; null when nothing is. */
  readonly reason: string | null;
  /** In the order in which they go; empty when the run ended before that was known. */
  readonly stacks: readonly DestroyedStack[];
}
