import { formatProblems } from "../../config/format-problems";
import { outputOfOthers } from "../../config/output-of-others";
import type { Fleet } from "../../model/fleet";
import { loadAccounts } from "../load-accounts";
import { printProblems } from "../print-problems";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { DeployProblem } from "./deployer";
import { brokenOff, type BrokenOff, Session } from "./session";

/** Flags that `fleet deploy` and `fleet destroy` share. */
export interface SessionFlags {
  readonly accounts: string;
  readonly rehearse?: true;
  readonly json?: true;
  readonly verbose?: true;
  readonly yes?: true;
}

export interface Work {
  /** What the call alone says. @returns how many stacks at a time @throws CalledWrongly */
  readonly parallelism: () => number;
  /** What the data alone say against it. @throws CalledWrongly, DeployProblem */
  readonly refuse?: (fleet: Fleet) => void;
  readonly run: (session: Session, fleet: Fleet) => Promise<ExitCode>;
  /** With --json, the result of a run that ended before its stacks were known. */
  readonly ended: (outcome: BrokenOff["outcome"], reason: string) => object;
}

/** Loads the accounts, opens a session for the work, and tells how it broke off when it did. */
export async function inSession(terminal: Terminal, flags: SessionFlags, work: Work): Promise<ExitCode> {
  const printEnd = (outcome: BrokenOff["outcome"], reason: string): void => {
    if (flags.json) terminal.out(`${JSON.stringify(work.ended(outcome, reason), null, 2)}\n`);
  };
  let session: Session | undefined;
  try {
    const parallelism = work.parallelism();
    const loaded = loadAccounts(terminal, flags.accounts);
    if (!loaded.ok) {
      printProblems(terminal, loaded.problems);
      printEnd("refused", formatProblems(loaded.problems).trimEnd());
      return EXIT.problems;
    }
    const foreign = outputOfOthers(flags.accounts);
    if (foreign !== undefined) throw new DeployProblem(`${foreign}.`);
    work.refuse?.(loaded.fleet);
    session = new Session(terminal, {
      accounts: flags.accounts,
      rehearse: flags.rehearse ?? false,
      parallelism,
      json: flags.json ?? false,
      verbose: flags.verbose ?? false,
      yes: flags.yes ?? false,
    });
    return await work.run(session, loaded.fleet);
  } catch (error) {
    const { code, outcome, reason } = brokenOff(error);
    terminal.err(`${reason}\n`);
    printEnd(outcome, reason);
    return code;
  } finally {
    await session?.close();
  }
}
