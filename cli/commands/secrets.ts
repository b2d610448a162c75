import type { Command } from "commander";
import type { ExitCode, Terminal } from "../terminal";
import { addSecretsEnvCommand } from "./secrets-env";
import { addSecretsRotateCommand } from "./secrets-rotate";

/** `fleet secrets`: passwords of the customers' services, for people. */
export function addSecretsCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  const secrets = program.command("secrets").description("Bring secrets to a deploy, or rotate them.");
  addSecretsEnvCommand(secrets, terminal, finish);
  addSecretsRotateCommand(secrets, terminal, finish);
}
