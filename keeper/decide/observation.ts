/**
 * What the keeper knows at one moment, and the only thing it decides on. Times are seconds; `now` is Unix time, and
 * only differences to times in the memory count.
 */
export interface Observation {
  readonly now: number;
  /** What Compute Engine says of the group and its autoscaler; undefined when it did not answer in this round. */
  readonly group: GroupView | undefined;
  /** Every machine of the group, in any order. Empty when `group` is undefined. */
  readonly bridges: readonly BridgeView[];
  /** Bridges that the schedules of the pool ask for now, or within `lookaheadSeconds` from now. 0 when none does. */
  readonly scheduledBridges: number;
  readonly orders: Orders;
}

export interface GroupView {
  /** Machines that the group shall have, those that are being made or deleted right now taken into account. */
  readonly target: number;
  /** What the autoscaler would like the target to be; undefined while it has not computed it. */
  readonly recommended: number | undefined;
  /** Least number that the autoscaler keeps up at the moment (`minNumReplicas`): the data's, or more during a renewal. */
  readonly min: number;
  /** Most machines that the autoscaler makes (`maxNumReplicas`). */
  readonly max: number;
  /** Instance template of new machines. */
  readonly template: string;
  /** Release of Jitsi that new machines run; undefined when nobody knows. */
  readonly release: string | undefined;
}

export interface BridgeView {
  /** Name of the machine. */
  readonly id: string;
  /** Seconds since the machine was created, by the cloud's clock. */
  readonly ageSeconds: number;
  readonly template: string;
  /** Release of Jitsi that it runs: bridges of two never share a conference. undefined when nobody knows. */
  readonly release: string | undefined;
  /** `running`: it serves, or boots. `leaving`: somebody deletes, recreates or stops it. `coming`: it is being made. */
  readonly phase: "coming" | "running" | "leaving";
  /** What the bridge itself says; undefined when it did not answer, or with something that is no answer. */
  readonly stats: BridgeStats | undefined;
  /** Nobody listens at the bridge's port: its program does not run. Not for one that merely does not answer. */
  readonly isDown: boolean;
  /**
   * Participants that the home's Jicofo has on it; 0 when Jicofo answered and does not know the bridge; undefined when
   * Jicofo did not answer.
   */
  readonly jicofoEndpoints: number | undefined;
}

export interface BridgeStats {
  /** Seconds since the bridge counted this, by its own clock where it is near ours. */
  readonly ageSeconds: number;
  /** From 0; Jicofo avoids a bridge from 0.8 on. */
  readonly stress: number;
  /** Participants on this very bridge. */
  readonly localEndpoints: number;
  readonly conferences: number;
  /** It takes no new conferences, and can be told to take them again. */
  readonly drain: boolean;
  /** It was told to leave, gracefully or at once: nothing brings it back. */
  readonly shuttingDown: boolean;
  /** It is well, in every brewery that it is configured for, and the home's Jicofo does not refuse it. */
  readonly ready: boolean;
}

/** What people told the keeper (`fleet keeper`). */
export interface Orders {
  /** What was drained takes calls again, and then nothing is done at all. */
  readonly paused: boolean;
  /** Machines that shall take no new calls and stay, until the order is taken back. */
  readonly drain: readonly string[];
}
