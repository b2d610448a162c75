import type { Command } from "commander";
import { loadAccounts } from "../load-accounts";
import { printProblems } from "../print-problems";
import { fetchSecrets } from "../secrets/fetch-secrets";
import { stackSecrets } from "../secrets/stack-secrets";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { unknownName } from "../unknown-name";
import { whileWaiting } from "../while-waiting";

interface EnvOptions {
  readonly accounts: string;
  readonly show?: true;
}

const EXAMPLES = `
Examples:
  eval "$(npx fleet secrets env bridges-acme-nl-static)"
  npx fleet secrets env bridges-acme-nl-static --show

Only stacks of Linode pools need this: machines at Google fetch their secrets themselves. Reads Secret Manager as
whoever is logged in at Google. Prints all lines or none.

Ends with 0, with 1 when a secret cannot be read, with 2 when it was called wrongly or would print on a screen.
`;

/** `fleet secrets env`: shell lines that bring a stack's secrets to the next `cdktf deploy`. */
export function addSecretsEnvCommand(
  secrets: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  secrets
    .command("env <stack>")
    .description(
      'Print the secrets that a stack needs as shell lines, for eval "$(npx fleet secrets env <stack>)".',
    )
    .option("--show", "print them on a terminal too, where others may read them")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action(async (stack: string, options: EnvOptions) => {
      finish(await printEnvironment(stack, options, terminal));
    });
}

async function printEnvironment(stack: string, options: EnvOptions, terminal: Terminal): Promise<ExitCode> {
  const loaded = loadAccounts(terminal, options.accounts);
  if (!loaded.ok) {
    printProblems(terminal, loaded.problems);
    return EXIT.problems;
  }
  const stacks = stackSecrets(loaded.fleet);
  const needed = stacks.get(stack);
  if (!needed) {
    terminal.err(unknownName("stack", stack, [...stacks.keys()]));
    return EXIT.usage;
  }
  if (needed.secrets.length === 0) {
    terminal.err(`${stack} needs no secrets: ${needed.without ?? "it serves nobody"}.\n`);
    return EXIT.success;
  }
  if (terminal.outIsScreen && !options.show) {
    terminal.err(
      `Secrets do not belong on a screen. Bring them to the next deploy:\n\n` +
        `  eval "$(npx fleet secrets env ${stack})"\n\n--show prints them here all the same.\n`,
    );
    return EXIT.usage;
  }
  const { variables, problems } = await whileWaiting(terminal, `Asking Secret Manager for ${stack} …`, () =>
    fetchSecrets(needed.secrets),
  );
  if (problems.length > 0) {
    terminal.err(`${problems.join("\n")}\n\nNothing was printed.\n`);
    return EXIT.problems;
  }
  // Letters and digits only, so there is nothing to quote; the quotes are for the reader.
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'\n`);
  terminal.out(lines.join(""));
  return EXIT.success;
}
