import type { Command } from "commander";
import { counted } from "../../model/counted";
import type { Loaded, LocatedProblem } from "../../config/load-fleet";
import { readAccountFiles } from "../../config/read-account-files";
import type { Fleet } from "../../model/fleet";
import type { CloneFix } from "../clone/clone-repair";
import { CallProblem, fixClone, type FixCloneResult } from "../clone/fix-clone";
import type { Leftover } from "../clone/foreign-customers";
import { unreadFiles } from "../clone/unread-files";
import { withOutputProblems } from "../check/output-problems";
import { loadAccounts } from "../load-accounts";
import { LongWork } from "../long-work";
import { printProblems } from "../print-problems";
import { NoAnswer } from "../questions";
import { sentence } from "../sentence";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { today } from "../today";
import { unknownName } from "../unknown-name";

interface CheckOptions {
  readonly accounts: string;
  readonly json?: true;
  /** The account that is the copy, or true when none is named. */
  readonly fixClone?: true | string;
  readonly yes?: true;
}

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
  /** With `--fix-clone`: what was written before this check. */
  readonly fixes?: readonly CloneFix[];
  /** With `--fix-clone`: lines of the copy that are allowed and may still not be meant. */
  readonly leftovers?: readonly Leftover[];
}

const EXAMPLES = `
Examples:
  npx fleet check
  npx fleet check --accounts /tmp/trial/accounts
  npx fleet check --json | jq -r '.problems[] | "\\(.file):\\(.line) \\(.message)"'
  cp -r accounts/acme accounts/beta && npx fleet check --fix-clone     # asks for each line that must differ
  npx fleet check --fix-clone beta --yes                               # beta is the copy; take every suggestion

Prints every problem of every file in one run, as path:line:column, what is wrong, what is allowed and what to do.
Warnings are printed too and are no failure. Reads files only: no cloud, no network. A waiver that has ended is a problem.
When the files are right, it also says which stacks of synthesized/ they forget or ask for in another account, bucket or
project, as the next synthesis would.

An account is taken for the original when it is in synthesized/, or when the values that two accounts share carry its
name. Where neither tells, --fix-clone asks, or name the copy. It writes all changes at the end, or nothing.

Ends with 0, with 1 when a file has a problem, with 2 when it was called wrongly.
`;

/** `fleet check`: are the files below accounts/ right? */
export function addCheckCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("check")
    .description("Check every file below accounts/ and print all problems, or what there is.")
    .option("--fix-clone [account]", "ask for each line that a copied account must not share, and change it")
    .option("--yes", "with --fix-clone: take every suggestion")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action(async (options: CheckOptions) => finish(await check(options, terminal)));
}

async function check(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const work = new LongWork(terminal);
  const loaded = work.step(`reading ${options.accounts} …`, () =>
    loadAccounts(terminal, options.accounts, { today: today() }),
  );
  if (options.fixClone !== undefined) return fixAndCheck(loaded, options, work, terminal);
  if (options.yes) {
    terminal.err("--yes answers the questions of --fix-clone; without them there is nothing to answer.\n");
    return EXIT.usage;
  }
  return report(loaded, undefined, options, work, terminal);
}

async function fixAndCheck(
  loaded: Loaded,
  options: CheckOptions,
  work: LongWork,
  terminal: Terminal,
): Promise<ExitCode> {
  const { accounts, yes = false } = options;
  const copy = options.fixClone === true ? undefined : options.fixClone;
  const fleet = loaded.ok ? loaded.fleet : loaded.readable;
  const paths = [...readAccountFiles(accounts).files.keys()];
  // By their folders: an account.yaml with mistakes is there, too.
  const ids = [...new Set(paths.flatMap((path) => /^[^/]+\/([^/]+)\//.exec(path)?.[1] ?? []))];
  if (copy !== undefined && !ids.includes(copy)) {
    terminal.err(unknownName("account", copy, ids));
    return EXIT.usage;
  }
  let result: FixCloneResult;
  try {
    result = await fixClone(loaded, { accounts, copy, yes }, work, terminal);
  } catch (error) {
    if (!(error instanceof CallProblem || error instanceof NoAnswer)) throw error;
    const wayOut = error instanceof NoAnswer ? "; --yes takes every suggestion" : "";
    terminal.err(`${sentence(error.message + wayOut)}\n\nNothing was written.\n`);
    return EXIT.usage;
  }
  const { fixes, leftovers } = result;
  if (fixes.length === 0) {
    const isUnread = unreadFiles(paths, fleet).length > 0;
    if (!options.json) terminal.err(`${isUnread ? CANNOT_TELL : nothingCopied(copy)}\n`);
    return report(loaded, result, options, work, terminal);
  }
  if (!options.json) {
    terminal.out(`${fixes.map(fixLine).join("\n")}\n\n`);
    if (leftovers.length > 0) terminal.err(`Look at this, too:\n${leftovers.map(leftoverLine).join("")}\n`);
  }
  return report(loadAccounts(terminal, accounts, { today: today() }), result, options, work, terminal);
}

const CANNOT_TELL =
  "Whether an account is a copy cannot be told before its files can be read; mend these first.";

const leftoverLine = ({ file, line, column, field, message }: Leftover): string =>
  `${file}:${line}:${column}  ${field}: ${message}\n`;

const nothingCopied = (copy: string | undefined): string =>
  copy === undefined
    ? "No account is a copy: none shares a value that it must not share."
    : `${copy} is no copy: it shares no value that it must not share.`;

const fixLine = ({ file, line, column, field, from, to }: CloneFix): string =>
  field === ""
    ? `${file} -> ${file.replace(/[^/]+$/, `${to}.yaml`)}`
    : `${file}:${line}:${column}  ${field}: ${to === null ? "removed" : `${from} -> ${to}`}`;

function report(
  files: Loaded,
  mended: FixCloneResult | undefined,
  { accounts, json }: CheckOptions,
  work: LongWork,
  terminal: Terminal,
): ExitCode {
  const loaded = work.step("comparing with synthesized/ …", () => withOutputProblems(files, accounts));
  const problems = loaded.ok ? loaded.warnings : loaded.problems;
  if (json) {
    const result: CheckResult = { ...checkResult(loaded), ...mended };
    terminal.out(`${JSON.stringify(result, null, 2)}\n`);
  } else {
    const after =
      mended && mended.fixes.length > 0 ? " They were there before, or need a person." : undefined;
    if (problems.length > 0) printProblems(terminal, problems, after);
    if (loaded.ok) terminal.out(`${summary(loaded.fleet, problems.length)}\n`);
  }
  return loaded.ok ? EXIT.success : EXIT.problems;
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
