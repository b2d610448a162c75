/**
 * The keeper of a pool that the last rehearsal deployed, as its server runs it, on a stage: bridges that boot, people who
 * call, and a day that takes minutes. Edits that are deployed meanwhile (`npm run demo` in another shell) reach the stage:
 *
 *   npm run rehearse:keeper -- acme/eu-burst [--speed 120] [--peak 250] [--from 7] [--hours 17] [--seed 1]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { LiveLine } from "./demo/live-line";
import { readKeeperRehearsalArguments } from "./keeper-rehearsal/arguments";
import { deployedKeeper } from "./keeper-rehearsal/deployed-keeper";
import { tellMoment, tellResult, timeOfDay } from "./keeper-rehearsal/tell-stage";
import { workingDay } from "./stage/demand";
import { keeperFileOnStage } from "./stage/keeper-file-on-stage";
import { Stage } from "./stage/stage";
import { storedPool } from "./stage/stored-pool";
import { CloudStore } from "./store/cloud-store";
import { RehearsalProblem } from "./workspace/rehearsal-problem";
import type { ChildProcess } from "node:child_process";
import type { KeeperRehearsalArguments } from "./keeper-rehearsal/arguments";

const PROJECT = join(__dirname, "..");
const DIRECTORY = join(PROJECT, ".rehearsal");
const KEEPER = "keeper";
const HOUR = 3600;
const LOOK_AT_CLOUDS_MILLISECONDS = 1000;
/** Where there is no terminal to write over. */
const LINE_EVERY_SECONDS = 1800;
const SHOWN_EVENTS = ["decision", "would", "problem", "not-done", "takes-over", "watches", "round-failed"];

async function main(): Promise<void> {
  const args = readKeeperRehearsalArguments(process.argv.slice(2));
  const deployed = deployedKeeper(DIRECTORY, args.pool);
  const store = new CloudStore(join(DIRECTORY, "clouds.json"), DIRECTORY);
  store.sync();
  const pool = storedPool(store, deployed.pool);
  if (!pool)
    throw new RehearsalProblem(`${args.pool} is not deployed in the rehearsal: run \`npm run demo\`.`);

  const stage = new Stage({
    pool,
    bucket: deployed.pool.store.bucket,
    demand: workingDay(args.peak, args.from),
    speed: args.speed,
    seed: args.seed,
    bootSeconds: Number(deployed.pool.settings["bootSeconds"]),
  });
  const file = keeperFileOnStage(deployed.file, deployed.pool, await stage.open(KEEPER), args.speed);
  const directory = mkdtempSync(join(tmpdir(), "keeper-"));
  writeFileSync(join(directory, "keeper.json"), JSON.stringify(file));
  const child = spawn(process.execPath, [deployed.program], {
    env: {
      ...process.env,
      FLEET_KEEPER_FILE: join(directory, "keeper.json"),
      TELEMETRY_PASSWORD: "of-the-stage",
    },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true, // Ctrl-C is ours: it ends in good order
  });

  stage.follow(LOOK_AT_CLOUDS_MILLISECONDS, () => {
    store.sync();
    return storedPool(store, deployed.pool);
  });
  const machineSeconds = await show(stage, child, args);
  child.kill("SIGTERM");
  await new Promise((resolve) =>
    child.exitCode === null ? child.once("close", resolve) : resolve(undefined),
  );
  stage.close();
  rmSync(directory, { recursive: true });
  console.log(["", ...tellResult(stage, KEEPER, machineSeconds).map((line) => `  ${line}`)].join("\n"));
}

/** Prints what happens, until it is over. @returns seconds of all machines together */
async function show(
  stage: Stage,
  child: ChildProcess,
  { from, hours }: KeeperRehearsalArguments,
): Promise<number> {
  const line = new LiveLine(process.stdout);
  const now = (): string => timeOfDay(stage.clock.now, from);
  createInterface({ input: child.stdout! }).on("line", (text) => {
    const { event, kind, bridge, reason, problem } = JSON.parse(text) as Record<string, string | undefined>;
    if (!SHOWN_EVENTS.includes(event!)) return;
    const words = [event === "decision" ? kind : event, bridge, reason ?? problem];
    line.print(`${now()}  keeper: ${words.filter((word) => word !== undefined).join("  ")}`);
  });
  let machineSeconds = 0;
  let last = 0;
  let told = -Infinity;
  stage.clock.every(60, () => {
    machineSeconds += (stage.clock.now - last) * stage.group.machines.size;
    last = stage.clock.now;
    line.show(`${now()}  ${tellMoment(stage)}`);
    if (process.stdout.isTTY && last - told < HOUR) return;
    if (last - told < LINE_EVERY_SECONDS) return;
    told = last;
    line.print(`${now()}  ${tellMoment(stage)}`);
  });
  await new Promise<void>((resolve) => {
    stage.clock.after(hours * HOUR, resolve);
    process.once("SIGINT", resolve).once("SIGTERM", resolve);
    child.once("close", resolve);
  });
  line.clear();
  return machineSeconds;
}

process.stdout.on("error", () => undefined);
main().catch((error: unknown) => {
  console.error(error instanceof RehearsalProblem ? error.message : error);
  process.exitCode = 1;
});
