import type { Command } from "commander";
import type { ExitCode, Terminal } from "../terminal";
import { addSecretsEnvCommand } from "./secrets-env";
import { addSecretsRotateCommand } from "./secrets-rotate";

const EXAMPLES = `
Examples:
  eval "$(npx fleet secrets env bridges-acme-nl-static)"
  npx fleet secrets rotate abc --dry-run

Ends with 0, with 1 when something is not as it should be, with 2 when it was called wrongly.
`;

/** `fleet secrets`: passwords of the customers' services, for people. */
export function addSecretsCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  const secrets = program
    .command("secrets")
    .description("Bring secrets to a deploy, or rotate them.")
    .addHelpText("after", EXAMPLES);
  addSecretsEnvCommand(secrets, terminal, finish);
  addSecretsRotateCommand(secrets, terminal, finish);
}
