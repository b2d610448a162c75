import type { KeeperPool } from "../model/keeper-file";
import { type Hands, TurnProblem } from "./act";
import { carryOut } from "./carry-out";
import type { Compute } from "./clients/compute";
import type { PointWriter } from "./clients/influxdb";
import type { Jicofo } from "./clients/jicofo";
import { orProblem, RequestProblem } from "./clients/request";
import type { Patience } from "./clients/with-retries";
import { type Clock, JumpWatch, type Moment, momentOf, passedSince } from "./clock";
import type { Action, Decision } from "./decide/action";
import { decide } from "./decide/decide";
import type { Memory } from "./decide/memory";
import { DecisionLog, wordsOf } from "./decision-log";
import { describePool } from "./describe-pool";
import { Lease } from "./lease";
import type { Log } from "./log";
import type { Observer, Sight } from "./observe";
import { ordersAt, type OrdersFile } from "./orders";
import { decisionPoint, groupPoint } from "./pool-points";
import { ordersIn, type PoolStore } from "./pool-store";
import { ProblemLog } from "./problem-log";
import { requestSecondsOf, settingsOf } from "./read-keeper-file";
import { scheduledBridges } from "./scheduled-bridges";
import { onlyObserved } from "./only-observed";
import { type KeeperState, parseState } from "./state";
import { takeOver } from "./take-over";
import { withoutMoves } from "./without-moves";

export interface PoolKeeperMeans {
  readonly pool: KeeperPool;
  /** Id of this process. */
  readonly holder: string;
  readonly compute: Compute;
  readonly jicofo: Jicofo;
  readonly store: PoolStore;
  readonly observer: Pick<Observer, "look">;
  readonly points: Pick<PointWriter, "write">;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the process is to end. */
  readonly stopping: AbortSignal;
}

/** Parts of an interval: until then everything must be read, and the state be written. */
const READ_UNTIL = 0.6;
const WRITE_UNTIL = 0.9;
/** Intervals that a state stays before it is written again without news; with the round's own length at most two. */
const BEAT_AFTER = 1.25;
/** Intervals without a new state after which another keeper takes over. */
const LEASE_INTERVALS = 4;

/**
 * The keeper of one pool: one round after the other, each complete in itself.
 *
 *   look --> whose turn? --> decide --> store the memory --> act
 *
 * What fails at a bridge ends the round for that bridge; whatever else fails ends it altogether. The next one begins from
 * what is true then.
 */
export class PoolKeeper {
  private readonly lease: Lease;
  private readonly problems: ProblemLog;
  private readonly jumps: JumpWatch;
  private decisions = new DecisionLog();
  /** What this process wrote last; undefined while it is not the one that acts. */
  private written:
    { readonly state: KeeperState; readonly generation: string; readonly at: Moment } | undefined;
  /** The keeper that this one watches. */
  private watched: string | undefined;
  /** Why actions of the last round were not done. */
  private failures: readonly string[] = [];
  /** Bridges whose move the stored memory may take for granted, and that Jicofo did not do. */
  private notMoved = new Set<string>();

  constructor(private readonly means: PoolKeeperMeans) {
    const { pool, holder, clock, log } = means;
    this.lease = new Lease(holder, LEASE_INTERVALS * pool.intervalSeconds, clock);
    this.problems = new ProblemLog(log);
    this.jumps = new JumpWatch(clock, log);
  }

  async round(): Promise<void> {
    const { store, observer, clock, pool, stopping } = this.means;
    const begun = momentOf(clock);
    this.jumps.look();
    const reading = this.patience(begun, READ_UNTIL);
    const [stored, orders, sight] = await Promise.all([
      orProblem(store.readState(reading)),
      orProblem(store.readOrders(reading)),
      observer.look(reading),
    ]);
    if (stopping.aborted) return;
    if (stored instanceof RequestProblem)
      return this.problems.tell(`the state cannot be read: ${stored.message}`);
    const state = stored.text === undefined ? undefined : parseState(stored.text);
    const before = typeof state === "object" ? state : undefined;
    const turn = this.lease.turn(stored, before?.holder);
    if (turn === "theirs") return this.watch(state);
    // The process was stopped meanwhile, or the machine: what was seen may be true no more.
    const stood = passedSince(begun, clock);
    if (stood > pool.intervalSeconds)
      return this.problems.tell(`what was seen is ${Math.round(stood)} s old already`);

    if (turn === "free") this.decisions = new DecisionLog(before?.decisions);
    const { memory, events } =
      turn === "mine" && before
        ? { memory: withoutMoves(before.memory, this.notMoved), events: [] }
        : takeOver(stored, state, clock);
    this.watched = undefined;
    const known = orders instanceof RequestProblem ? orders.message : ordersIn(orders, stored);
    const decision = this.consider(sight, known, memory);
    const next = this.describe(sight, decision, known, (before?.beat ?? 0) + 1);
    this.measure(sight, decision.memory);

    const actions = pool.mode === "act" ? decision.actions : [];
    if (turn === "mine" && actions.length === 0 && !this.isDue(next)) return this.problems.tell(next.problem);
    for (const action of actions) if (action.kind === "move") this.notMoved.add(action.bridge);
    const at = momentOf(clock);
    const generation = await orProblem(
      store.writeState(next, stored.generation, this.patience(begun, WRITE_UNTIL)),
    );
    if (generation instanceof RequestProblem)
      return this.problems.tell(`the state cannot be written: ${generation.message}`);
    if (generation === undefined) return this.problems.tell("somebody else wrote the state");
    this.written = { state: next, generation, at };
    for (const event of events) this.means.log(...event);
    this.problems.tell(next.problem);
    await this.act(actions, sight, at);
  }

  /** Leaves the pool to the next keeper at once, instead of letting it wait for the end of the lease. */
  async leave(): Promise<void> {
    const { store, clock, log, pool } = this.means;
    if (!this.written) return;
    const { state, generation } = this.written;
    const next = {
      ...state,
      memory: withoutMoves(state.memory, this.notMoved),
      holder: "",
      beat: state.beat + 1,
      at: isoOf(clock),
      now: clock.now(),
      decisions: this.decisions.decisions,
    };
    const patience = this.patience(momentOf(clock), requestSecondsOf(pool) / pool.intervalSeconds);
    const left = await orProblem(store.writeState(next, generation, patience));
    const problem =
      left instanceof RequestProblem ? left.message : left === undefined ? "another keeper acts" : undefined;
    log("INFO", "left", { problem });
  }

  private patience(begun: Moment, part: number): Patience {
    const { pool, clock, stopping } = this.means;
    return {
      deadline: begun.monotonic + part * pool.intervalSeconds,
      requestSeconds: requestSecondsOf(pool),
      monotonic: clock.monotonic,
      stopping,
    };
  }

  private watch(state: KeeperState | string | undefined): void {
    this.written = undefined;
    this.notMoved.clear();
    const holder = typeof state === "object" ? state.holder : `somebody whose state is damaged: ${state}`;
    if (this.watched !== holder) this.means.log("NOTICE", "watches", { holder });
    this.watched = holder;
  }

  private consider(sight: Sight, orders: OrdersFile | string, memory: Memory): Decision {
    const { pool, clock } = this.means;
    if (typeof orders === "string")
      return { actions: [], memory, summary: "waits: nobody knows what people ordered" };
    const wall = clock.wall();
    const observation = {
      now: clock.now(),
      group: sight.group,
      bridges: sight.bridges,
      scheduledBridges: scheduledBridges(pool.schedules, wall, pool.lookaheadSeconds),
      orders: ordersAt(orders, wall),
    };
    const decision = decide(observation, settingsOf(pool), memory);
    return pool.mode === "act" ? decision : onlyObserved(decision, sight);
  }

  private describe(sight: Sight, decision: Decision, orders: OrdersFile | string, beat: number): KeeperState {
    const { clock, holder, pool, log } = this.means;
    const at = isoOf(clock);
    for (const action of decision.actions) {
      const isNew = this.decisions.add(action, at);
      if (pool.mode === "observe" && isNew) log("NOTICE", "would", wordsOf(action));
    }
    const problems = [typeof orders === "string" ? orders : undefined, ...sight.problems, ...this.failures];
    const { decisions } = this.decisions;
    return {
      ...describePool(sight, decision, pool),
      holder,
      beat,
      at,
      now: clock.now(),
      decisions,
      problem: problems.filter((each) => each !== undefined).join("; ") || null,
    };
  }

  private measure({ group }: Sight, memory: Memory): void {
    const { points, pool, clock } = this.means;
    if (group) points.write([groupPoint(pool, group, memory, clock.wall())]);
  }

  /** Whether there is something new to tell, or it is time for a sign of life. */
  private isDue(next: KeeperState): boolean {
    if (!this.written) return true;
    const { state, at } = this.written;
    const news = ({ memory, summary, problem, decisions }: KeeperState) =>
      JSON.stringify([memory, summary, problem, decisions]);
    const { clock, pool } = this.means;
    return news(state) !== news(next) || passedSince(at, clock) > BEAT_AFTER * pool.intervalSeconds;
  }

  private async act(actions: readonly Action[], { machines }: Sight, storedAt: Moment): Promise<void> {
    const { compute, jicofo, clock, pool, log, points } = this.means;
    const { staleSeconds } = settingsOf(pool);
    const hands: Hands = {
      compute,
      jicofo,
      machines,
      patience: this.patience(storedAt, 1),
      isFresh: (countedAt) => Math.abs(clock.wall() - countedAt) <= staleSeconds,
      assertTurn: () => this.assertTurn(storedAt),
    };
    this.failures = [];
    this.failures = await carryOut(actions, hands, log, (action) => {
      if (action.kind === "move") this.notMoved.delete(action.bridge);
      this.decisions.markDone(action);
      points.write([decisionPoint(pool, action, clock.wall())]);
    });
  }

  /** Within one interval after its write was taken, nobody else acts: they wait for four. */
  private assertTurn(storedAt: Moment): void {
    const { stopping, clock, pool } = this.means;
    if (stopping.aborted) throw new TurnProblem("the keeper is being stopped");
    if (passedSince(storedAt, clock) >= pool.intervalSeconds)
      throw new TurnProblem("too much time has passed since the decision was stored");
  }
}

const isoOf = (clock: Clock): string => new Date(clock.wall() * 1000).toISOString();
