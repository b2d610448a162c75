import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { workingDay } from "../stage/demand";
import { keeperFileOnStage } from "../stage/keeper-file-on-stage";
import { Stage } from "../stage/stage";
import { storedPool } from "../stage/stored-pool";
import { CloudStore } from "../store/cloud-store";
import { RehearsalProblem } from "../workspace/rehearsal-problem";
import { deployedKeeper } from "./deployed-keeper";
import { tellMoment, tellResult, timeOfDay } from "./tell-stage";
import type { ChildProcess } from "node:child_process";
import type { KeeperFile } from "../../model/keeper-file";
import type { KeeperRehearsalArguments } from "./arguments";

const KEEPER = "keeper";
const HOUR = 3600;
const MINUTE = 60;
const LOOK_AT_CLOUDS_MILLISECONDS = 1000;
const SHOWN_EVENTS = ["decision", "would", "problem", "not-done", "takes-over", "watches", "round-failed"];

export interface KeeperRehearsalOptions extends KeeperRehearsalArguments {
  /** Of the rehearsal that deployed the pool; only read. */
  readonly directory: string;
  /** A line that stays: what the keeper did, and how the pool stands every half hour of its day. */
  readonly print: (line: string) => void;
  /** How the pool stands, every minute of its day. */
  readonly show: (line: string) => void;
  /** Aborted to end it early. */
  readonly stopping: AbortSignal;
}

/**
 * Plays a pool as a rehearsal deployed it, with the keeper that the rehearsal put on the server of its home. Deploys to the
 * same rehearsal meanwhile reach the stage.
 *
 * @returns what it gave, as lines
 * @throws RehearsalProblem when something is not deployed
 */
export async function rehearseKeeper(options: KeeperRehearsalOptions): Promise<readonly string[]> {
  const { directory, speed } = options;
  const { file, pool: kept, program } = deployedKeeper(directory, options.pool);
  const store = new CloudStore(join(directory, "clouds.json"), directory);
  const read = () => {
    store.sync();
    return storedPool(store, kept);
  };
  const pool = read();
  if (!pool)
    throw new RehearsalProblem(`The bridges of ${options.pool} are not deployed: run \`npm run demo\`.`);

  const stage = new Stage({
    pool,
    bucket: kept.store.bucket,
    demand: workingDay(options.peak, options.from),
    speed,
    seed: options.seed,
    bootSeconds: Number(kept.settings["bootSeconds"]),
  });
  const own = mkdtempSync(join(tmpdir(), "keeper-"));
  try {
    const child = start(program, own, keeperFileOnStage(file, kept, await stage.open(KEEPER), speed));
    stage.follow(LOOK_AT_CLOUDS_MILLISECONDS, read);
    const machineSeconds = await watch(stage, child, options);
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once("close", resolve));
    return tellResult(stage, KEEPER, machineSeconds);
  } finally {
    stage.close();
    rmSync(own, { recursive: true });
  }
}

function start(program: string, directory: string, file: KeeperFile): ChildProcess {
  const path = join(directory, "keeper.json");
  writeFileSync(path, JSON.stringify(file));
  return spawn(process.execPath, [program], {
    env: { ...process.env, FLEET_KEEPER_FILE: path, TELEMETRY_PASSWORD: "of-the-stage" },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true, // Ctrl-C does not reach it: it is told to leave in good order
  });
}

/** Tells what happens, until it is over. @returns seconds of all machines together */
async function watch(
  stage: Stage,
  child: ChildProcess,
  { from, hours, print, show, stopping }: KeeperRehearsalOptions,
): Promise<number> {
  const now = (): string => timeOfDay(stage.clock.now, from);
  createInterface({ input: child.stdout! }).on("line", (text) => {
    const { event, kind, bridge, reason, problem } = JSON.parse(text) as Record<string, string | undefined>;
    if (!SHOWN_EVENTS.includes(event!)) return;
    const words = [event === "decision" ? kind : event, bridge, reason ?? problem];
    print(`${now()}  keeper: ${words.filter((word) => word !== undefined).join("  ")}`);
  });
  let machineSeconds = 0;
  let last = 0;
  stage.clock.every(MINUTE, () => {
    machineSeconds += (stage.clock.now - last) * stage.group.machines.size;
    last = stage.clock.now;
    show(`${now()}  ${tellMoment(stage)}`);
  });
  stage.clock.every(HOUR / 2, () => print(`${now()}  ${tellMoment(stage)}`));
  await new Promise<void>((resolve) => {
    stage.clock.after(hours * HOUR, resolve);
    stopping.addEventListener("abort", () => resolve());
    child.once("close", () => resolve());
  });
  return machineSeconds;
}
