import type { Command } from "commander";
import { drawSimulation } from "../../simulate/picture/draw-simulation";
import { POLICIES, type PolicyName, type SimulationResult } from "../../simulate/result";
import { simulateInSteps } from "../../simulate/simulate";
import { simulatedPool } from "../../simulate/simulated-pool";
import { writeUnlessInterrupted } from "../files/write-unless-interrupted";
import { inTurns } from "../in-turns";
import { Progress } from "../progress";
import { comparisonJson, comparisonTable } from "../simulate/comparison-text";
import { findPool } from "../simulate/find-pool";
import { readTrace } from "../simulate/read-trace";
import { loadAccounts } from "../load-accounts";
import { printProblems } from "../print-problems";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { unknownName } from "../unknown-name";

interface SimulateOptions {
  readonly accounts: string;
  readonly trace: string;
  readonly days?: string;
  readonly seed: string;
  readonly policy?: string;
  readonly svg?: string;
  readonly json?: true;
}

const DAY = 86_400;
/** A year of minutes is the most that a run holds in memory with ease. */
const MOST_DAYS = 366;

const EXAMPLES = `
Examples:
  npx fleet simulate accounts/acme/pools/eu-burst.yaml
  npx fleet simulate acme/eu-burst --trace school-week --svg school.svg
  npx fleet simulate acme/eu-burst --policy plain,keeper --seed 7 --json | jq '.policies[] | {interrupted, bridgeHours}'
  npx fleet usage abc --month 2026-10 --trace > october.csv && npx fleet simulate acme/eu-burst --trace october.csv

Plays a trace through the pool as its file is now, with each policy, and compares them. Needs no cloud and no network.
A file.csv has the columns time (2026-10-12T08:00:30Z, or seconds since 1970), participants and, if known, conferences.

Ends with 0, with 1 when files below accounts/ or the trace are not as they must be, with 2 when it was called wrongly.
`;

/** `fleet simulate`: what would each policy have done with this pool? */
export function addSimulateCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("simulate <pool>")
    .description("Compare ways to scale a Google pool, on a week that is made up or was measured.")
    .option("--trace <trace|file.csv>", "who calls when: a built-in trace, or counts", "office-week")
    .option("--days <days>", "how much of it (default: all of it, a week for a week)")
    .option("--seed <number>", "draws the calls; the same gives the same", "1")
    .option("--policy <policy,...>", `some of ${POLICIES.join(",")} (default: all)`)
    .option("--svg <file>", "write a picture of the keeper's run (else of the first policy's)")
    .option("--json", "print one JSON object for machines, with a sample each minute")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action(async (pool: string, options: SimulateOptions) => finish(await run(pool, options, terminal)));
}

async function run(named: string, options: SimulateOptions, terminal: Terminal): Promise<ExitCode> {
  const wrongly = (message: string): ExitCode => {
    terminal.err(message);
    return EXIT.usage;
  };
  const seed = /^[0-9]{1,9}$/.test(options.seed) ? Number(options.seed) : undefined;
  if (seed === undefined) return wrongly(`--seed ${options.seed}: allowed is a whole number from 0.\n`);
  const policies = policiesOf(options.policy);
  if (typeof policies === "string") return wrongly(policies);

  const loaded = loadAccounts(terminal, options.accounts);
  if (!loaded.ok) {
    printProblems(terminal, loaded.problems);
    return EXIT.problems;
  }
  const settings = findPool(loaded.fleet, named, options.accounts);
  if (typeof settings === "string") return wrongly(settings);
  const read = readTrace(options.trace, settings);
  if (!read.ok) {
    terminal.err(read.message);
    return read.isUsage ? EXIT.usage : EXIT.problems;
  }
  const { trace, notes } = read;
  const longest = /\.csv$/i.test(trace.name) ? trace.seconds / DAY : MOST_DAYS;
  const days = options.days === undefined ? Math.min(trace.seconds / DAY, longest) : Number(options.days);
  if (!(days > 0 && days <= longest))
    return wrongly(
      `--days ${options.days}: allowed is a number above 0, to ${Number(longest.toFixed(2))}.\n`,
    );

  const pool = simulatedPool(settings, loaded.fleet);
  const seconds = Math.round(days * DAY);
  const results: SimulationResult[] = [];
  const progress = new Progress(terminal);
  for (const policy of policies) {
    const steps = simulateInSteps({ pool, trace, policy, seed, seconds, samples: true });
    results.push(await inTurns(steps, (over) => progress.show(`${policy}: day ${dayText(over, seconds)} …`)));
  }
  progress.clear();
  if (options.svg !== undefined) {
    const shown = results.find(({ policy }) => policy === "keeper") ?? results[0]!;
    const svg = await drawSimulation({
      run: shown,
      plain: results.find(({ policy }) => policy === "plain" && policy !== shown.policy),
      pool: pool.name,
      startsAt: trace.startsAt,
      targetStress: settings.scaling.targetStress,
    });
    try {
      await writeUnlessInterrupted(new Map([[options.svg, svg]]));
    } catch (error) {
      const { code = "unknown reason" } = error as NodeJS.ErrnoException;
      return wrongly(`--svg ${options.svg}: the file cannot be written (${code}).\n`);
    }
  }
  const comparison = { pool, trace, seconds, seed, results, notes };
  terminal.out((options.json ? comparisonJson : comparisonTable)(comparison));
  return EXIT.success;
}

const dayText = (over: number, seconds: number): string =>
  `${Math.min(Math.floor(over / DAY) + 1, Math.ceil(seconds / DAY))} of ${Math.ceil(seconds / DAY)}`;

/** In the order of the table, or one line that says which name is none. */
function policiesOf(named: string | undefined): readonly PolicyName[] | string {
  if (named === undefined) return POLICIES;
  const names = named.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !POLICIES.some((policy) => policy === name));
  if (unknown !== undefined) return unknownName("policy", unknown, POLICIES);
  return POLICIES.filter((policy) => names.includes(policy));
}
