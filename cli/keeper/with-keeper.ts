import { findAccessToken } from "../google/access-token";
import { CredentialsProblem } from "../google/credentials-problem";
import { loadAccounts } from "../load-accounts";
import { printProblems } from "../print-problems";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { whileWaiting } from "../while-waiting";
import { findKeptPool, type KeptPool } from "./find-kept-pool";
import { KeeperStore, KeeperStoreProblem } from "./keeper-store";

/** The command was called wrongly; the message says what there is. */
export class WrongCall extends Error {}

/** What a command has to say about a keeper. */
export interface KeeperAnswer {
  /** For people; ends with its line break. */
  readonly text: string;
  /** For machines. */
  readonly json: object;
  /** @default EXIT.success */
  readonly code?: ExitCode;
}

/** Options that every command about a keeper has. */
export interface KeeperOptions {
  readonly accounts: string;
  readonly json?: true;
}

/** Finds a pool and its keeper's objects, does something with them, and says what came of it or stood in the way. */
export async function withKeeper(
  name: string,
  { accounts, json }: KeeperOptions,
  terminal: Terminal,
  run: (kept: KeptPool, store: KeeperStore) => Promise<KeeperAnswer>,
): Promise<ExitCode> {
  const loaded = loadAccounts(terminal, accounts);
  if (!loaded.ok) {
    printProblems(terminal, loaded.problems);
    return EXIT.problems;
  }
  const kept = findKeptPool(loaded.fleet, name);
  if (typeof kept === "string") {
    terminal.err(kept);
    return EXIT.usage;
  }
  try {
    const answer = await whileWaiting(
      terminal,
      `Asking Cloud Storage for the keeper of ${name} …`,
      async () => run(kept, new KeeperStore(kept, await findAccessToken(process.env), process.env)),
    );
    terminal.out(json ? `${JSON.stringify(answer.json, null, 2)}\n` : answer.text);
    return answer.code ?? EXIT.success;
  } catch (error) {
    if (error instanceof WrongCall) {
      terminal.err(error.message);
      return EXIT.usage;
    }
    if (!(error instanceof KeeperStoreProblem || error instanceof CredentialsProblem)) throw error;
    terminal.err(`${error.message}.\n`);
    return EXIT.problems;
  }
}
