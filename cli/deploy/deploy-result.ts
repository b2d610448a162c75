import type { PlanCounts } from "../../rollout/judge-plan";

/** What became of a stack in a run. */
export type DeployedStatus =
  /** Its plan was applied. */
  | "deployed"
  /** Its plan was empty. */
  | "unchanged"
  /** An earlier run of the same rollout has done it, and its files are the same. */
  | "done before"
  /** Its apply broke off. */
  | "failed"
  /** Its turn did not come. */
  | "waiting";

export interface DeployedStack {
  readonly stack: string;
  /** `accounts`, `canary`, `1`, `2`, `retired`. */
  readonly wave: string;
  readonly status: DeployedStatus;
  /** What was planned; null when nothing was. */
  readonly plan: PlanCounts | null;
  /** Objects that the plan takes away, `delete <address>` or `replace <address>`. */
  readonly destroys: readonly string[];
}

/** What `fleet deploy --json` prints. */
export interface DeployResult {
  /**
   * `unchanged`: every plan was empty, or nothing was there to forget. `forgotten`: the unfinished rollout was, and nothing
   * else was asked for. `refused`: nothing was applied, see `reason`. `declined`: somebody said no.
   * `stopped`: somebody said no after the canary. `failed`: a stack broke off.
   */
  readonly outcome:
    | "deployed"
    | "unchanged"
    | "forgotten"
    | "refused"
    | "declined"
    | "stopped"
    | "failed"
    | "interrupted"
    | "unasked";
  /** On pretended clouds. */
  readonly rehearsed: boolean;
  /** What is wrong and what to do; null when nothing is. */
  readonly reason: string | null;
  /** Empty when the run ended before any was selected. */
  readonly stacks: readonly DeployedStack[];
  /** Retired stacks that nobody named, and stacks of a resumed rollout that the data have no more in it. */
  readonly leftOut: readonly string[];
}
