import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { KeeperFile, KeeperPool } from "../model/keeper-file";
import { AccessTokens } from "./clients/access-tokens";
import { Compute } from "./clients/compute";
import { Google } from "./clients/google";
import { PointWriter } from "./clients/influxdb";
import { Jicofo } from "./clients/jicofo";
import { type Clock, machineClock } from "./clock";
import { jsonLog } from "./log";
import { Observer } from "./observe";
import { PoolKeeper } from "./pool-keeper";
import { PoolStore } from "./pool-store";
import { requestSecondsOf } from "./read-keeper-file";
import { sleep } from "./sleep";

const GOOGLE = {
  compute: "https://compute.googleapis.com",
  storage: "https://storage.googleapis.com",
  metadata: "http://metadata.google.internal",
};
const BRIDGE_PORT = 8080;

export interface Run {
  readonly file: KeeperFile;
  /** Of the account that writes points. */
  readonly password: string;
  /** Takes the lines of the log. */
  readonly write: (line: string) => void;
  /** Aborted to end: the rounds in hand are finished, no further action is begun. */
  readonly stopping: AbortSignal;
  readonly clock?: Clock;
}

/** Keeps all pools of a file, each for itself, until it is told to stop. */
export async function runPools({
  file,
  password,
  write,
  stopping,
  clock = machineClock(),
}: Run): Promise<void> {
  const holder = randomUUID();
  setMaxListeners(0, stopping); // each pause of each pool is one
  const endpoints = file.endpoints ?? GOOGLE;
  const google = new Google(new AccessTokens(endpoints.metadata, clock));
  const points = new PointWriter(file.influxdb, password, jsonLog(write));
  jsonLog(write)("NOTICE", "starts", { holder, pools: file.pools.map(({ pool }) => pool).join(",") });

  const keep = async (pool: KeeperPool): Promise<void> => {
    const log = jsonLog(write, pool.pool);
    const requestSeconds = requestSecondsOf(pool);
    const compute = new Compute(google, endpoints.compute, pool);
    const jicofo = new Jicofo(file.jicofo, requestSeconds);
    const bridgePort = file.bridgePort ?? BRIDGE_PORT;
    const observer = new Observer({ pool, compute, jicofo, clock, bridgePort, requestSeconds });
    const store = new PoolStore(google, endpoints.storage, pool.store);
    const keeper = new PoolKeeper({
      pool,
      holder,
      compute,
      jicofo,
      store,
      observer,
      points,
      clock,
      log,
      stopping,
    });
    while (!stopping.aborted) {
      const begun = clock.monotonic();
      await keeper.round().catch((error: unknown) => {
        log("ERROR", "round-failed", {
          problem: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
      });
      await sleep(begun + pool.intervalSeconds - clock.monotonic(), stopping);
    }
    await keeper.leave();
  };
  await Promise.all(file.pools.map(keep));
  if (file.pools.length === 0) await sleep(2 ** 31 / 1000 - 1, stopping);
  await points.end();
  jsonLog(write)("NOTICE", "ends", { holder });
}
