import type { Command } from "commander";
import type { ExitCode, Terminal } from "../terminal";
import { addKeeperDrainCommands } from "./keeper-drain";
import { addKeeperPauseCommands } from "./keeper-pause";
import { addKeeperStatusCommand } from "./keeper-status";

const EXAMPLES = `
Examples:
  npx fleet keeper status acme/eu-burst
  npx fleet keeper drain acme/eu-burst --bridge acme-eu-burst-x7k2
  npx fleet keeper undrain acme/eu-burst --all
  npx fleet keeper pause acme/eu-burst --for 2h --reason "all-hands at ten"
  npx fleet keeper resume acme/eu-burst

They read and write two objects in the account's artifacts bucket, as whoever is logged in at Google; nobody needs a way
to the server.

Ends with 0, with 1 when something is not as it should be, with 2 when it was called wrongly.
`;

/** `fleet keeper`: what the keeper of a pool does, and what it shall not do. */
export function addKeeperCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  const keeper = program
    .command("keeper")
    .description("Look at what removes and renews the bridges of a Google pool, and order it about.")
    .addHelpText("after", EXAMPLES);
  addKeeperStatusCommand(keeper, terminal, finish);
  addKeeperDrainCommands(keeper, terminal, finish);
  addKeeperPauseCommands(keeper, terminal, finish);
}
