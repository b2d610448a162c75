import type { KeeperPool } from "../../model/keeper-file";
import { AccessTokens } from "../../keeper/clients/access-tokens";
import { Compute } from "../../keeper/clients/compute";
import { Google } from "../../keeper/clients/google";
import { Jicofo } from "../../keeper/clients/jicofo";
import { type Point, lineOf } from "../../keeper/clients/points";
import type { Clock } from "../../keeper/clock";
import type { LogFields, Severity } from "../../keeper/log";
import { Observer } from "../../keeper/observe";
import { PoolKeeper } from "../../keeper/pool-keeper";
import { PoolStore } from "../../keeper/pool-store";
import { type KeeperState, parseState } from "../../keeper/state";
import { AMPLE_SECONDS, PREFIX, type PretendedPool } from "./pretended-pool";

/** A clock that stands still until it is told. */
export class SetClock implements Clock {
  private passed = 0;
  private step = 0;

  /** @param began Unix time in seconds */
  constructor(private readonly began = 1_796_000_000) {}

  readonly monotonic = (): number => 1000 + this.passed;
  readonly now = (): number => this.began + this.passed;
  readonly wall = (): number => this.began + this.passed + this.step;

  pass(seconds: number): void {
    this.passed += seconds;
  }

  /** Somebody sets the machine's clock. */
  set(seconds: number): void {
    this.step += seconds;
  }
}

/** The keeper of a pretended pool, round by round, on a clock that a test moves. */
export class KeeperUnderTest {
  readonly logged: { severity: Severity; event: string; fields: LogFields }[] = [];
  readonly points: string[] = [];
  readonly stopping = new AbortController();
  readonly keeper: PoolKeeper;

  constructor(
    private readonly pool: PretendedPool,
    readonly clock: SetClock,
    readonly holder = "first",
    overrides: Partial<KeeperPool> = {},
  ) {
    pool.now = clock.wall;
    const file = pool.file({ requestSeconds: AMPLE_SECONDS, ...overrides });
    const [kept] = file.pools as [KeeperPool];
    const google = new Google(new AccessTokens(file.endpoints!.metadata, clock));
    const compute = new Compute(google, file.endpoints!.compute, kept);
    const requestSeconds = kept.requestSeconds!;
    const jicofo = new Jicofo(file.jicofo, requestSeconds);
    const observer = new Observer({
      pool: kept,
      compute,
      jicofo,
      clock,
      bridgePort: file.bridgePort!,
      requestSeconds,
    });
    this.keeper = new PoolKeeper({
      pool: kept,
      holder,
      compute,
      jicofo,
      store: new PoolStore(google, file.endpoints!.storage, kept.store),
      observer,
      points: { write: (points: readonly Point[]) => void this.points.push(...points.map(lineOf)) },
      clock,
      log: (severity, event, fields = {}) => void this.logged.push({ severity, event, fields }),
      stopping: this.stopping.signal,
    });
  }

  /** Rounds, an interval apart. */
  async rounds(number = 1): Promise<void> {
    for (let i = 0; i < number; i++) {
      await this.keeper.round();
      this.clock.pass(30);
    }
  }

  get events(): string[] {
    return this.logged.map(({ event }) => event);
  }

  /** What it wrote last. */
  get state(): KeeperState {
    const state = parseState(this.pool.objects.get(`${PREFIX}state.json`)?.text ?? "");
    if (typeof state === "string") throw new Error(state);
    return state;
  }
}
