import type { Command } from "commander";
import { counted } from "../../config/format-problems";
import { type Loaded, loadFleet, type LocatedProblem } from "../../config/load-fleet";
import type { Fleet } from "../../model/fleet";
import { printProblems } from "../print-problems";
import { EXIT, type ExitCode, type Terminal } from "../terminal";

interface CheckOptions {
  readonly accounts: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  npx fleet check
  npx fleet check --accounts /tmp/trial/accounts
  npx fleet check --json | jq -r '.problems[] | "\\(.file):\\(.line) \\(.message)"'

Prints every problem of every file in one run, as path:line:column, what is wrong, what is allowed and what to do.
Warnings are printed too and are no failure. Reads files only: no cloud, no network.

Ends with 0, with 1 when a file has a problem, with 2 when it was called wrongly.
`;

/** What `fleet check --json` prints. */
export interface CheckResult {
  readonly ok: boolean;
  readonly counts: {
    /** Entities of the fleet; null when there are errors, because then there is no fleet. */
    readonly accounts: number | null;
    readonly customers: number | null;
    readonly pools: { readonly gcp: number; readonly linode: number } | null;
    readonly errors: number;
    readonly warnings: number;
  };
  readonly problems: readonly LocatedProblem[];
}

/** `fleet check`: are the files below accounts/ right? */
export function addCheckCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("check")
    .description("Check every file below accounts/ and print all problems, or what there is.")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action((options: CheckOptions) => {
      const loaded = loadFleet(options.accounts);
      const problems = loaded.ok ? loaded.warnings : loaded.problems;
      if (options.json) {
        terminal.out(`${JSON.stringify(checkResult(loaded), null, 2)}\n`);
      } else {
        if (problems.length > 0) printProblems(terminal, problems);
        if (loaded.ok) terminal.out(`${summary(loaded.fleet, problems.length)}\n`);
      }
      finish(loaded.ok ? EXIT.success : EXIT.problems);
    });
}

function checkResult(loaded: Loaded): CheckResult {
  const problems = loaded.ok ? loaded.warnings : loaded.problems;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const fleet = loaded.ok ? loaded.fleet : undefined;
  return {
    ok: loaded.ok,
    counts: {
      accounts: fleet?.accounts.length ?? null,
      customers: fleet?.customers.length ?? null,
      pools: fleet ? poolsByCloud(fleet) : null,
      errors,
      warnings: problems.length - errors,
    },
    problems,
  };
}

function summary(fleet: Fleet, warnings: number): string {
  const { gcp, linode } = poolsByCloud(fleet);
  return [
    counted(fleet.accounts.length, "account"),
    counted(fleet.customers.length, "customer"),
    `${counted(gcp + linode, "pool")} (${gcp} gcp, ${linode} linode)`,
    warnings === 0 ? "no problems" : counted(warnings, "warning"),
  ].join(", ");
}

function poolsByCloud({ pools }: Fleet): { readonly gcp: number; readonly linode: number } {
  const gcp = pools.filter(({ cloud }) => cloud === "gcp").length;
  return { gcp, linode: pools.length - gcp };
}
