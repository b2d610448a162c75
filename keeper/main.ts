import { readFileSync } from "node:fs";
import type { KeeperFile } from "../model/keeper-file";
import { jsonLog } from "./log";
import { readKeeperFile } from "./read-keeper-file";
import { runPools } from "./run-pools";

/** Starts the keeper of this machine: see docs/keeper.md. Becomes one file, `keeper.mjs`. */
async function main(): Promise<void> {
  const write = (line: string) => void process.stdout.write(line);
  const log = jsonLog(write);
  const path = process.env["FLEET_KEEPER_FILE"] ?? "/etc/fleet/keeper.json";
  let file: KeeperFile;
  try {
    file = readKeeperFile(readFileSync(path, "utf8"));
  } catch (error) {
    log("ERROR", "cannot-start", { problem: `${path}: ${(error as Error).message}` });
    process.exitCode = 1;
    return;
  }
  const password = process.env["TELEMETRY_PASSWORD"] ?? "";
  if (password === "")
    log("WARNING", "no-password", { problem: "TELEMETRY_PASSWORD is not set: InfluxDB will refuse points" });

  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stopping.abort());
  await runPools({ file, password, write, stopping: stopping.signal });
  process.exit(0);
}

void main();
