/**
 * The keeper of a pool that the last rehearsal deployed, on a stage: bridges that boot, people who call, and a day that
 * takes minutes.
 *
 *   npm run rehearse:keeper -- acme/eu-burst [--speed 120] [--peak 250] [--from 7] [--hours 17] [--seed 1]
 */
import { join } from "node:path";
import { LiveLine } from "./demo/live-line";
import { readKeeperRehearsalArguments } from "./keeper-rehearsal/arguments";
import { rehearseKeeper } from "./keeper-rehearsal/rehearse-keeper";
import { RehearsalProblem } from "./workspace/rehearsal-problem";

async function main(): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  const line = new LiveLine(process.stdout);
  const result = await rehearseKeeper({
    ...readKeeperRehearsalArguments(process.argv.slice(2)),
    directory: join(__dirname, "../.rehearsal"),
    print: (text) => line.print(text),
    show: (text) => line.show(text),
    stopping: stopping.signal,
  });
  line.clear();
  console.log(["", ...result.map((each) => `  ${each}`)].join("\n"));
}

// Whoever reads the output may stop, as `head` does.
process.stdout.on("error", () => undefined);
main().catch((error: unknown) => {
  console.error(error instanceof RehearsalProblem ? error.message : error);
  process.exitCode = 1;
});
