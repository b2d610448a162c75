import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { formatProblems } from "../../config/format-problems";
import { outputOfOthers } from "../../config/output-of-others";
import type { Fleet } from "../../model/fleet";
import { MEANING, type Notice, NOTICES, parseNotice } from "../../review/notice";
import { RehearsalProblem } from "../../sandbox/workspace/rehearsal-problem";
import { interruptPrograms } from "../../sandbox/workspace/run-program";
import { DeployProblem } from "../deploy/deployer";
import { Stopped } from "../deploy/session";
import { StopSignal } from "../deploy/stop-signal";
import { loadAccounts } from "../load-accounts";
import { paintFor } from "../paint";
import { printProblems } from "../print-problems";
import { Progress } from "../progress";
import { PROJECT } from "../project";
import { gitBase } from "../review/git-base";
import { folderBase } from "../review/review-base";
import { reviewMarkdown } from "../review/review-markdown";
import type { ReviewResult } from "../review/review-result";
import { reviewText } from "../review/review-text";
import { runReview } from "../review/run-review";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { today } from "../today";

interface ReviewFlags {
  readonly accounts: string;
  readonly base?: string;
  readonly baseDir?: string;
  readonly allow: string;
  readonly json?: true;
  readonly markdown?: true;
}

const DEFAULT_BASE = "origin/main";
const DEFAULT_ALLOWED: Notice = "new calls only";
const DEFAULT_COLUMNS = 100;
const WIDEST_CLASS = Math.max(...NOTICES.map(({ length }) => length));

/** The classes, with what they mean. */
const classes = (): string =>
  NOTICES.map((notice) => `  ${notice.padEnd(WIDEST_CLASS)}  ${MEANING[notice]}`).join("\n");

const EXAMPLES = `
Examples:
  npx fleet review                                    # what this branch changes, against origin/main
  npx fleet review --base HEAD                        # what is not committed yet
  npx fleet review --markdown > review.md             # as a comment of a pull request
  npx fleet review --allow "interrupts calls"         # ends with 0 up to that class
  npx fleet review --json | jq -r '.stacks[] | "\\(.stack): \\(.notice)"'
  npx fleet review --json | jq '.cost.total.difference, [.capacity.customers[] | select(.isLess) | .customer]'

Says what callers notice of a change before anything runs, without a cloud and without credentials. The base's stacks are
rebuilt on pretended clouds from its committed synthesized/, and the real Terraform plans what is in synthesized/ now:
only the stacks that differ, and what they need. Each is classed by its plan, by the attributes that change, and by the
services that its changed files start anew:

${classes()}

What is not known counts as "interrupts calls". Compared is with the commit from which the work began (git merge-base), so
that what others have done since is no part of it. synthesized/ must be what the accounts say now.

Before and after are also the room for participants (as fleet capacity counts, for "mixed" meetings; --json has every
shape) and the bill of a month (as fleet cost counts; the base at its own prices, and what prices alone make of it is
said). Both are what the data say, read by the model of now: what a change of the model itself costs is not seen. The
policies judge the changed stacks as fleet policy does: new findings, waivers that are new or changed, and those that
have ended. A finding without a waiver is not allowed, whatever the class.

Ends with 0 when no stack is above the allowed class and no finding is without a waiver, with 1 otherwise or when the
review is not possible, with 2 when it was called wrongly, with 130 after Ctrl-C.
`;

/** `fleet review`: what callers notice of a change. */
export function addReviewCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("review")
    .description("Say what callers notice of a change and what it costs, before anything is deployed.")
    .option("--base <ref>", `branch or commit to compare with (default: ${DEFAULT_BASE})`)
    .option("--base-dir <directory>", "compare with accounts/ and synthesized/ of this folder, without git")
    .option("--allow <class>", "highest class that needs nobody's word", DEFAULT_ALLOWED)
    .option("--markdown", "print a comment for a pull request")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts; synthesized/ is beside it", "accounts")
    .addHelpText("after", EXAMPLES)
    .action(async (flags: ReviewFlags) => finish(await review(flags, terminal)));
}

async function review(flags: ReviewFlags, terminal: Terminal): Promise<ExitCode> {
  const allowed = parseNotice(flags.allow);
  if (allowed === undefined)
    return wrongly(
      terminal,
      `--allow ${flags.allow}: no such class; allowed are ${NOTICES.map((each) => `"${each}"`).join(", ")}`,
    );
  if (flags.markdown && flags.json) return wrongly(terminal, "--markdown and --json: choose one");
  if (flags.base !== undefined && flags.baseDir !== undefined)
    return wrongly(terminal, "--base and --base-dir: choose one");
  const loaded = loadAccounts(terminal, flags.accounts);
  if (!loaded.ok) {
    if (flags.json || flags.markdown)
      print(
        notPossible(formatProblems(loaded.problems, undefined, "").trimEnd(), flags, allowed),
        flags,
        terminal,
      );
    else printProblems(terminal, loaded.problems, "");
    return EXIT.problems;
  }
  const run = new ReviewRun(terminal);
  try {
    const result = await run.result(flags, allowed, loaded.fleet);
    print(result, flags, terminal);
    return result.isAllowed ? EXIT.success : EXIT.problems;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    terminal.err("Interrupted.\n");
    return EXIT.interrupted;
  } finally {
    run.close();
  }
}

/** A temporary folder, a line of progress and Ctrl-C, for as long as the review takes. */
class ReviewRun {
  private readonly scratch = mkdtempSync(join(tmpdir(), "fleet-review-"));
  private readonly progress: Progress;
  private readonly stop: StopSignal;

  constructor(terminal: Terminal) {
    this.progress = new Progress(terminal);
    this.stop = new StopSignal(() => void interruptPrograms());
  }

  /** @throws Stopped after Ctrl-C */
  async result(flags: ReviewFlags, allowed: Notice, fleet: Fleet): Promise<ReviewResult> {
    const accounts = resolve(flags.accounts);
    const root = dirname(accounts);
    try {
      const foreign = outputOfOthers(accounts);
      if (foreign !== undefined) throw new DeployProblem(`${foreign}.`);
      const base =
        flags.baseDir !== undefined
          ? folderBase(flags.baseDir)
          : await gitBase(baseOf(flags), root, accounts, mkdtempSync(join(this.scratch, "base-")));
      return await runReview({
        ...{ base, fleet, accounts, allowed },
        synthesized: join(root, "synthesized"),
        today: today(),
        scratch: this.scratch,
        project: PROJECT,
        onStep: (text) => {
          if (this.stop.isSet) throw new Stopped();
          this.progress.show(text);
        },
      });
    } catch (error) {
      // What was interrupted fails for that reason.
      if (this.stop.isSet) throw new Stopped();
      if (!(error instanceof DeployProblem || error instanceof RehearsalProblem)) throw error;
      return notPossible(error.message, flags, allowed);
    } finally {
      this.progress.clear();
    }
  }

  close(): void {
    this.stop.close();
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

const baseOf = ({ baseDir, base }: ReviewFlags): string => baseDir ?? base ?? DEFAULT_BASE;

/** What is not known is not harmless. */
const notPossible = (problem: string, flags: ReviewFlags, allowed: Notice): ReviewResult => ({
  ...{ outcome: "refused", problem, base: { name: baseOf(flags) }, allowed },
  ...{ notice: "interrupts calls", isAllowed: false, stacks: [], untouched: 0, accounts: [] },
  ...{ capacity: null, cost: null, policies: null },
});

function print(result: ReviewResult, flags: ReviewFlags, terminal: Terminal): void {
  if (flags.json) terminal.out(`${JSON.stringify(result, null, 2)}\n`);
  else if (flags.markdown) terminal.out(reviewMarkdown(result));
  else if (result.outcome === "refused") terminal.err(`${result.problem}\n`);
  else
    terminal.out(
      reviewText(result, { width: terminal.columns ?? DEFAULT_COLUMNS, paint: paintFor(terminal, "out") }),
    );
}

function wrongly(terminal: Terminal, message: string): ExitCode {
  terminal.err(`${message}.\n`);
  return EXIT.usage;
}
