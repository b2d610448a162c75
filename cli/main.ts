import { Command, CommanderError } from "commander";
import { addCapacityCommand } from "./commands/capacity";
import { addCheckCommand } from "./commands/check";
import { addCompletionCommand } from "./commands/completion";
import { addCostCommand } from "./commands/cost";
import { addDeployCommand } from "./commands/deploy";
import { addDestroyCommand } from "./commands/destroy";
import { addExplainCommand } from "./commands/explain";
import { addImportCommand } from "./commands/import";
import { addKeeperCommand } from "./commands/keeper";
import { addListCommand } from "./commands/list";
import { addMapCommand } from "./commands/map";
import { addNewCommand } from "./commands/new";
import { addPolicyCommand } from "./commands/policy";
import { addReviewCommand } from "./commands/review";
import { addSecretsCommand } from "./commands/secrets";
import { addSimulateCommand } from "./commands/simulate";
import { addUsageCommand } from "./commands/usage";
import { version } from "./package.json";
import { paintFor } from "./paint";
import { EXIT, type ExitCode, type Terminal } from "./terminal";
import { explainUnexpected } from "./unexpected";

/** Adds one command to the program; `finish` takes the exit code of its run. */
export type AddCommand = (program: Command, terminal: Terminal, finish: (code: ExitCode) => void) => void;

const COMMANDS: readonly AddCommand[] = [
  addCapacityCommand,
  addCheckCommand,
  addCompletionCommand,
  addCostCommand,
  addDeployCommand,
  addDestroyCommand,
  addExplainCommand,
  addImportCommand,
  addKeeperCommand,
  addListCommand,
  addMapCommand,
  addNewCommand,
  addPolicyCommand,
  addReviewCommand,
  addSecretsCommand,
  addSimulateCommand,
  addUsageCommand,
];

const EXAMPLES = `
Examples:
  npx fleet check                                                    # is everything right?
  npx fleet new customer                                             # asks, and writes its file
  cp -r accounts/acme accounts/beta && npx fleet check --fix-clone   # another account like acme
  npx fleet explain abc                                              # its settings, and where each is from
  npx fleet deploy customer-abc
  source <(npx fleet completion bash)

fleet <command> --help says more about each, with examples. Results go to standard output, problems and progress to
standard error; --json prints results for machines. Colours are for screens only: NO_COLOR=1 turns them off.

Ends with 0, with 1 when it found something wrong, with 2 when it was called wrongly and did nothing, with 130 after
Ctrl-C, with 70 for a fault of fleet itself.
`;

/** All of `fleet`, ready to run. `finish` takes the exit code of the command that runs. */
export function buildProgram(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const paint = paintFor(terminal, "err");
  const program = new Command("fleet")
    .description("Run Jitsi Meet for many customers on Google Cloud and Linode.")
    .version(version, "-V, --version", "print the version of fleet")
    .helpOption("-h, --help", "print help for a command")
    .showHelpAfterError("fleet --help lists the commands.")
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: (text, write) => write(text.replace(/^error:/, paint.red("error:"))),
    })
    .addHelpText("after", EXAMPLES)
    .exitOverride();
  for (const add of COMMANDS) add(program, terminal, finish);
  return program;
}

/** Runs `fleet` with the arguments behind its name and resolves to the exit code. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.success;
  const program = buildProgram(terminal, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.usage;
    const unexpected = explainUnexpected(error, process.env);
    terminal.err(unexpected.text);
    return unexpected.code;
  }
  return code;
}
