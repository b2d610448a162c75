import type { Command } from "commander";
import { loadFleet } from "../../config/load-fleet";
import { findAccessToken } from "../google/access-token";
import { CredentialsProblem } from "../google/credentials-problem";
import { SecretManager } from "../google/secret-manager";
import { type BroughtSecret, stackSecrets } from "../secrets/stack-secrets";
import { printProblems } from "../print-problems";
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
  const loaded = loadFleet(options.accounts);
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
  const { lines, problems } = await whileWaiting(terminal, `Asking Secret Manager for ${stack} …`, () =>
    fetchAll(needed.secrets),
  );
  if (problems.length > 0) {
    terminal.err(`${problems.join("\n")}\n\nNothing was printed.\n`);
    return EXIT.problems;
  }
  terminal.out(lines.join(""));
  return EXIT.success;
}

/** All values, and the version of each customer once; or every problem: half of the lines would make half of a deploy. */
async function fetchAll(
  secrets: readonly BroughtSecret[],
): Promise<{ readonly lines: readonly string[]; readonly problems: readonly string[] }> {
  const [lines, problems]: [string[], string[]] = [[], []];
  try {
    const manager = new SecretManager(await findAccessToken(process.env), process.env);
    for (const { variable, versionVariable, version, resource, storedBy } of secrets) {
      const answer = await manager.newest(resource, storedBy);
      if ("problem" in answer) problems.push(`${resource}: ${answer.problem}`);
      // Letters and digits only, so there is nothing to quote; the quotes are for the reader.
      else {
        lines.push(`export TF_VAR_${variable}='${answer.value}'\n`);
        // A shell outlives a rotation: a push refuses the value when it is of another version.
        lines.push(`export TF_VAR_${versionVariable}='${version}'\n`);
      }
    }
  } catch (error) {
    if (!(error instanceof CredentialsProblem)) throw error;
    problems.push(error.message);
  }
  return { lines: [...new Set(lines)], problems };
}
