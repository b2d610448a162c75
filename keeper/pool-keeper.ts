import type { KeeperPool } from "../model/keeper-file";
import { act, ActProblem, type Hands, isExpected } from "./act";
import type { Compute } from "./clients/compute";
import type { PointWriter } from "./clients/influxdb";
import type { Jicofo } from "./clients/jicofo";
import type { StoredObject } from "./clients/object-store";
import { RequestProblem } from "./clients/request";
import type { Patience } from "./clients/with-retries";
import { type Clock, type Moment, momentOf, passedSince } from "./clock";
import type { Action, Decision } from "./decide/action";
import { decide } from "./decide/decide";
import { EMPTY_MEMORY, type Memory } from "./decide/memory";
import { describeBridge } from "./describe-bridge";
import { Lease } from "./lease";
import type { Log } from "./log";
import type { Observer, Sight } from "./observe";
import { ordersAt, type OrdersFile } from "./orders";
import type { PoolStore } from "./pool-store";
import { settingsOf } from "./read-keeper-file";
import { scheduledBridges } from "./scheduled-bridges";
import { DECISIONS_KEPT, type DecisionState, type KeeperState, parseState, shifted } from "./state";

export interface PoolKeeperMeans {
  readonly pool: KeeperPool;
  /** Id of this process. */
  readonly holder: string;
  readonly compute: Compute;
  readonly jicofo: Jicofo;
  readonly store: PoolStore;
  readonly observer: Observer;
  readonly points: PointWriter;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the process is to end. */
  readonly stopping: AbortSignal;
}

/** Parts of an interval: until then everything must be read, and the state be written. */
const READ_UNTIL = 0.6;
const WRITE_UNTIL = 0.9;
/** Intervals that a state stays before it is written again without a change; with the round's own length at most two. */
const BEAT_AFTER = 1.25;
/** Intervals without a new state after which another keeper takes over. */
const LEASE_INTERVALS = 4;
/** Clocks of two processes that differ by less are the same. */
const CLOCK_TOLERANCE_SECONDS = 5;
const JUMP_SECONDS = 1;

/** The keeper of one pool: one round after the other, each complete in itself. */
export class PoolKeeper {
  private readonly lease: Lease;
  /** What this process wrote last; undefined while it only watches. */
  private written:
    { readonly state: KeeperState; readonly generation: string; readonly at: Moment } | undefined;
  private decisions: readonly DecisionState[] = [];
  /** Why the last action was not done. */
  private failure: string | undefined;
  private told: string | undefined;
  private watched: string | undefined;
  private clockOffset: number | undefined;

  constructor(private readonly means: PoolKeeperMeans) {
    this.lease = new Lease(means.holder, LEASE_INTERVALS * means.pool.intervalSeconds, means.clock);
  }

  /** Looks, decides, stores, acts. Whatever fails ends the round, and the next one begins from what is true then. */
  async round(): Promise<void> {
    const { store, observer, clock, pool, stopping } = this.means;
    const begun = momentOf(clock);
    this.noticeJump();
    const patience = this.patienceUntil(begun, READ_UNTIL);
    const [stored, orders, sight] = await Promise.all([
      orProblem(store.readState(patience)),
      orProblem(store.readOrders(patience)),
      observer.look(patience),
    ]);
    if (stopping.aborted) return;
    if (stored instanceof RequestProblem) return this.tell(`the state cannot be read: ${stored.message}`);

    const parsed = stored.text === undefined ? undefined : parseState(stored.text);
    const before = typeof parsed === "object" ? parsed : undefined;
    const turn = this.lease.turn(stored, before?.holder);
    if (turn === "theirs") return this.watch(before?.holder ?? "somebody whose state cannot be read");
    const memory = turn === "mine" ? before!.memory : this.takeOver(stored, parsed);
    const stood = passedSince(begun, clock);
    if (stood > pool.intervalSeconds) return this.tell(`what was seen is ${Math.round(stood)} s old already`);

    const { decision, problem } = this.consider(sight, orders, memory);
    const actions = pool.mode === "act" ? decision.actions : [];
    const next = this.stateOf(sight, decision, problem, (before?.beat ?? 0) + 1);
    this.tell(next.problem);
    this.measure(sight, decision.memory);
    if (actions.length > 0 || turn === "free" || this.isDue(next)) {
      const at = momentOf(clock);
      const patience = this.patienceUntil(begun, WRITE_UNTIL);
      const generation = await orProblem(store.writeState(next, stored.generation, patience));
      if (generation instanceof RequestProblem)
        return this.tell(`the state cannot be written: ${generation.message}`);
      if (generation === undefined) return this.tell("somebody else wrote the state");
      this.written = { state: next, generation, at };
      await this.carryOut(actions, sight, at);
    }
  }

  /** Leaves the pool to the next keeper at once, instead of letting it wait for the end of the lease. */
  async leave(): Promise<void> {
    const { store, clock, log } = this.means;
    if (!this.written) return;
    const { state, generation } = this.written;
    const next = { ...state, holder: "", beat: state.beat + 1, decisions: this.decisions };
    const left = await orProblem(
      store.writeState(next, generation, this.patienceUntil(momentOf(clock), READ_UNTIL)),
    );
    if (left instanceof RequestProblem) log("WARNING", "left", { problem: left.message });
    else log("INFO", "left");
  }

  private patienceUntil(begun: Moment, part: number): Patience {
    const { pool, clock } = this.means;
    return {
      deadline: begun.monotonic + part * pool.intervalSeconds,
      requestSeconds: requestSecondsOf(pool),
      monotonic: clock.monotonic,
    };
  }

  private noticeJump(): void {
    const { clock, log } = this.means;
    const offset = clock.wall() - clock.now();
    const jump = offset - (this.clockOffset ?? offset);
    if (Math.abs(jump) > JUMP_SECONDS) log("WARNING", "clock-jumped", { seconds: Number(jump.toFixed(1)) });
    this.clockOffset = offset;
  }

  private watch(holder: string): void {
    this.written = undefined;
    if (this.watched !== holder) this.means.log("NOTICE", "watches", { holder });
    this.watched = holder;
  }

  /** The memory that this process goes on with, by its own clock. */
  private takeOver({ ageSeconds }: StoredObject, parsed: KeeperState | string | undefined): Memory {
    const { log, clock } = this.means;
    this.watched = undefined;
    if (typeof parsed !== "object") {
      log("NOTICE", "takes-over", { from: "nobody" });
      if (parsed !== undefined) log("ERROR", "state-damaged", { problem: `${parsed}; begins anew` });
      this.decisions = [];
      return EMPTY_MEMORY;
    }
    log("NOTICE", "takes-over", { from: parsed.holder === "" ? "nobody" : parsed.holder });
    this.decisions = parsed.decisions;
    const difference = ageSeconds === undefined ? 0 : clock.now() - (parsed.now + ageSeconds);
    if (Math.abs(difference) <= CLOCK_TOLERANCE_SECONDS) return parsed.memory;
    log("WARNING", "clock-differs", { seconds: Number(difference.toFixed(1)) });
    return shifted(parsed.memory, difference);
  }

  private consider(
    sight: Sight,
    orders: OrdersFile | string | RequestProblem,
    memory: Memory,
  ): { readonly decision: Decision; readonly problem: string | null } {
    const { pool, clock } = this.means;
    const wrong =
      typeof orders === "string" ? orders : orders instanceof RequestProblem ? orders.message : undefined;
    const problems = [...sight.problems, ...(this.failure === undefined ? [] : [this.failure])];
    if (typeof orders === "string" || orders instanceof RequestProblem) {
      const decision = { actions: [], memory, summary: "waits: nobody knows what people ordered" };
      return { decision, problem: [wrong, ...problems].join("; ") };
    }
    const wall = clock.wall();
    const observation = {
      now: clock.now(),
      group: sight.group,
      bridges: sight.bridges,
      scheduledBridges: scheduledBridges(pool.schedules, wall, pool.lookaheadSeconds),
      orders: ordersAt(orders, wall),
    };
    const decision = decide(observation, settingsOf(pool), memory);
    return {
      decision: pool.mode === "act" ? decision : onlyObserved(decision, sight),
      problem: problems.length === 0 ? null : problems.join("; "),
    };
  }

  private stateOf(
    sight: Sight,
    { actions, memory, summary }: Decision,
    problem: string | null,
    beat: number,
  ): KeeperState {
    const { clock, holder, pool, log } = this.means;
    const at = isoOf(clock);
    for (const action of actions) {
      const decision = { at, ...wordsOf(action), done: false };
      const before = this.decisions.find((each) => !each.done && isSame(each, decision));
      if (pool.mode === "observe" && !before) log("NOTICE", "would", wordsOf(action));
      this.decisions = [...this.decisions.filter((each) => each !== before), decision].slice(-DECISIONS_KEPT);
    }
    return {
      holder,
      beat,
      at,
      now: clock.now(),
      mode: pool.mode,
      intervalSeconds: pool.intervalSeconds,
      memory,
      summary,
      problem,
      group: sight.group ?? null,
      bridges: sight.bridges.map((each) =>
        describeBridge(each, memory.drains[each.id], sight.silent.get(each.id)),
      ),
      decisions: this.decisions,
    };
  }

  /** Whether there is something new to tell, or it is time for a sign of life. */
  private isDue(next: KeeperState): boolean {
    if (!this.written) return true;
    const { state, at } = this.written;
    const news = ({ memory, summary, problem, decisions }: KeeperState) =>
      JSON.stringify([memory, summary, problem, decisions]);
    return (
      news(state) !== news(next) ||
      passedSince(at, this.means.clock) > BEAT_AFTER * this.means.pool.intervalSeconds
    );
  }

  private async carryOut(actions: readonly Action[], { machines }: Sight, storedAt: Moment): Promise<void> {
    const { compute, jicofo, clock, pool, log, stopping } = this.means;
    const { staleSeconds } = settingsOf(pool);
    this.failure = undefined;
    const hands: Hands = {
      compute,
      jicofo,
      machines,
      patience: this.patienceUntil(storedAt, 1),
      isFresh: (countedAt) => Math.abs(clock.wall() - countedAt) <= staleSeconds,
      assertTurn: () => {
        if (stopping.aborted) throw new ActProblem("the keeper is being stopped");
        if (passedSince(storedAt, clock) >= pool.intervalSeconds)
          throw new ActProblem("too much time has passed since the decision was stored");
      },
    };
    for (const action of actions) {
      try {
        await act(action, hands);
      } catch (error) {
        if (!isExpected(error)) throw error;
        this.failure = `${titleOf(action)} was not done: ${error.message}`;
        log("ERROR", "not-done", { ...wordsOf(action), problem: error.message });
        return;
      }
      log("NOTICE", "decision", wordsOf(action));
      this.markDone(action);
    }
  }

  private markDone(action: Action): void {
    const { clock, points, pool } = this.means;
    const words = wordsOf(action);
    this.decisions = this.decisions.map((each) =>
      !each.done && isSame(each, words) ? { ...each, done: true } : each,
    );
    points.write([
      {
        measurement: "keeper_decision",
        tags: { ...pool.tags, pool: pool.pool, action: action.kind },
        fields: { reason: words.reason, bridge: words.bridge },
        time: clock.wall(),
      },
    ]);
  }

  private measure({ group }: Sight, memory: Memory): void {
    const { clock, points, pool } = this.means;
    if (!group) return;
    const { target: size, recommended: recommended_size, min, max } = group;
    const draining = Object.keys(memory.drains).length;
    points.write([
      {
        measurement: "keeper",
        tags: { ...pool.tags, pool: pool.pool },
        fields: { size, recommended_size, min, max, draining },
        time: clock.wall(),
      },
    ]);
  }

  /** Logs a problem when it begins, changes and ends. */
  private tell(problem: string | null): void {
    const { log } = this.means;
    if (problem === null) {
      if (this.told !== undefined) log("NOTICE", "well-again");
      this.told = undefined;
    } else if (problem !== this.told) {
      log("WARNING", "problem", { problem });
      this.told = problem;
    }
  }
}

export const requestSecondsOf = ({ requestSeconds, intervalSeconds }: KeeperPool): number =>
  requestSeconds ?? intervalSeconds / 6;

/** What nobody did is not remembered as done: a drain is only known of bridges that say so themselves. */
function onlyObserved({ actions, memory, summary }: Decision, { bridges }: Sight): Decision {
  const drained = new Set(
    bridges.filter(({ stats }) => stats?.drain || stats?.shuttingDown).map(({ id }) => id),
  );
  const drains = Object.fromEntries(Object.entries(memory.drains).filter(([id]) => drained.has(id)));
  return { actions, memory: { ...memory, drains }, summary };
}

function wordsOf(action: Action): {
  readonly kind: string;
  readonly bridge?: string;
  readonly reason: string;
} {
  return {
    kind: action.kind,
    ...(action.kind !== "set-min" && { bridge: action.bridge }),
    reason: action.kind === "set-min" ? `${action.min}: ${action.reason}` : action.reason,
  };
}

const isSame = (
  a: Pick<DecisionState, "kind" | "bridge">,
  b: Pick<DecisionState, "kind" | "bridge">,
): boolean => a.kind === b.kind && a.bridge === b.bridge;

const titleOf = (action: Action): string =>
  action.kind === "set-min" ? `set-min ${action.min}` : `${action.kind} of ${action.bridge}`;

const isoOf = (clock: Clock): string => new Date(clock.wall() * 1000).toISOString();

const orProblem = <T>(promise: Promise<T>): Promise<T | RequestProblem> =>
  promise.catch((error: unknown) => {
    if (error instanceof RequestProblem) return error;
    throw error;
  });
