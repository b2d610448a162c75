import type { Command } from "commander";
import { basename, resolve } from "node:path";
import { suggestId } from "../../config/suggest-id";
import { ANSIBLE_RULES } from "../import/ansible-rules";
import { readAnsibleFolder } from "../import/ansible-source";
import { ANSWERS } from "../import/answers";
import { type ImportOptions, type ImportSource, runImport } from "../import/run-import";
import { TERRAGRUNT_RULES } from "../import/terragrunt-rules";
import { readTerragruntFolder } from "../import/terragrunt-source";
import type { ExitCode, Terminal } from "../terminal";

const ENDING = `
What was taken, changed and dropped is printed, with why; docs/import.md lists every variable that is known. Secrets are
never shown and never written. What the source does not have comes by a flag, else it is asked for, but in a dry run, which
lists it. In the values of flags {account} stands for the id of each account.

Ends with 0, with 1 when the source or the accounts have mistakes, with 2 when it was called wrongly or something is
missing that nobody could be asked for. In both cases no account is written.
`;

const EXAMPLES = `
Examples:
  npx fleet import ansible ../manual-jitsi-cluster --account acme2 --dry-run
  npx fleet import terragrunt ../scalable-jitsi --dry-run

Ends with 0, with 1 when the source or the accounts have mistakes, with 2 when it was called wrongly or something is missing.
`;

const ANSIBLE_EXAMPLES = `
Examples:
  npx fleet import ansible ../manual-jitsi-cluster --account acme2 --dry-run
  npx fleet import ansible ../manual-jitsi-cluster --account acme2 --project acme-meet-2 --state-bucket acme-meet-2-tf \\
    --zone europe-west4-a --ssh-from 203.0.113.0/24 --report acme2-import.md
${ENDING}`;

const TERRAGRUNT_EXAMPLES = `
Examples:
  npx fleet import terragrunt ../scalable-jitsi --dry-run
  npx fleet import terragrunt ../scalable-jitsi --state-bucket "{account}-terraform" --email ops@acme.example \\
    --hostname "meet.{account}.acme.example" --json
  npx fleet import terragrunt ../scalable-jitsi/acme --account acme2
${ENDING}`;

/** `fleet import`: accounts from the variables of what ran before. */
export function addImportCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  const command = program
    .command("import")
    .description("Write accounts from the variables of an Ansible playbook or a Terragrunt layout.")
    .addHelpText("after", EXAMPLES);

  withOptions(
    command
      .command("ansible <directory>")
      .description("Write an account from group_vars and the inventory of a playbook for Jitsi on Linode."),
    "linode",
    ANSIBLE_EXAMPLES,
  ).action(async (folder: string, options: ImportOptions) => {
    const account = options.account ?? suggestId(basename(resolve(folder))) ?? "imported";
    const read: ImportSource["read"] = async () => readAnsibleFolder(folder, account);
    finish(
      await runImport({ name: "ansible", cloud: "linode", rules: ANSIBLE_RULES, read }, options, terminal),
    );
  });

  withOptions(
    command
      .command("terragrunt <directory>")
      .description(
        "Write an account for each folder of a Terragrunt layout for Jitsi's bridges on Google Cloud.",
      ),
    "gcp",
    TERRAGRUNT_EXAMPLES,
  ).action(async (folder: string, options: ImportOptions) => {
    const read: ImportSource["read"] = () => readTerragruntFolder(folder, options.account);
    finish(
      await runImport({ name: "terragrunt", cloud: "gcp", rules: TERRAGRUNT_RULES, read }, options, terminal),
    );
  });
}

function withOptions(command: Command, cloud: "gcp" | "linode", examples: string): Command {
  command
    .option(
      "--account <id>",
      "id of the account, for a folder that is one account (default: from the name of the folder)",
    )
    .option("--customer <id>", "id of the customer whose server the bridges serve (default: the account's)");
  for (const answer of ANSWERS.filter((each) => each.cloud === undefined || each.cloud === cloud))
    command.option(`${answer.flag} ${answer.placeholder}`, answer.what);
  return command
    .option("--dry-run", "print the report and write no account")
    .option("--report <file>", "write the report as Markdown, too, also in a dry run")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", examples);
}
