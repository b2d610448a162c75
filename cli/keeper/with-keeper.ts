import { formatProblems } from "../../config/format-problems";
import { loadFleet } from "../../config/load-fleet";
import { findAccessToken } from "../google/access-token";
import { CredentialsProblem } from "../google/credentials-problem";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { findKeptPool, type KeptPool } from "./find-kept-pool";
import { KeeperStore, KeeperStoreProblem } from "./keeper-store";

/** The command was called wrongly; the message says what there is. */
export class WrongCall extends Error {}

/** Finds a pool and its keeper's objects, does something with them, and says what stood in the way. */
export async function withKeeper(
  name: string,
  { accounts }: { readonly accounts: string },
  terminal: Terminal,
  run: (kept: KeptPool, store: KeeperStore) => Promise<ExitCode>,
): Promise<ExitCode> {
  const loaded = loadFleet(accounts);
  if (!loaded.ok) {
    terminal.err(formatProblems(loaded.problems));
    return EXIT.problems;
  }
  const kept = findKeptPool(loaded.fleet, name);
  if (typeof kept === "string") {
    terminal.err(kept);
    return EXIT.usage;
  }
  try {
    return await run(kept, new KeeperStore(kept, await findAccessToken(process.env), process.env));
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
