import { Command, CommanderError } from "commander";
import { addCheckCommand } from "./commands/check";
import { addKeeperCommand } from "./commands/keeper";
import { addSecretsCommand } from "./commands/secrets";
import { addSimulateCommand } from "./commands/simulate";
import { addUsageCommand } from "./commands/usage";
import { EXIT, type ExitCode, type Terminal } from "./terminal";

/** Adds one command to the program; `finish` takes the exit code of its run. */
export type AddCommand = (program: Command, terminal: Terminal, finish: (code: ExitCode) => void) => void;

const COMMANDS: readonly AddCommand[] = [
  addCheckCommand,
  addKeeperCommand,
  addSecretsCommand,
  addSimulateCommand,
  addUsageCommand,
];

/** Runs `fleet` with the arguments behind its name and resolves to the exit code. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.success;
  const program = new Command("fleet")
    .description("Run Jitsi Meet for many customers on Google Cloud and Linode.")
    .showHelpAfterError("fleet --help lists the commands.")
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .exitOverride();
  for (const add of COMMANDS) {
    add(program, terminal, (result) => {
      code = result;
    });
  }
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.success : EXIT.usage;
  }
  return code;
}
