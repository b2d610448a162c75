import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Command } from "commander";
import { editScalar } from "../../config/edit-scalar";
import type { Loaded } from "../../config/load-fleet";
import type { Customer } from "../../model/fleet";
import { customerSchema } from "../../model/schema/customer";
import { type RotationStep, rotationSteps } from "../secrets/rotation-steps";
import { writeUnlessInterrupted } from "../files/write-unless-interrupted";
import { loadAccounts } from "../load-accounts";
import { printProblems } from "../print-problems";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { unknownName } from "../unknown-name";

const FIELD = "secretsVersion";

interface RotateOptions {
  readonly accounts: string;
  readonly dryRun?: true;
  readonly json?: true;
}

/** What `fleet secrets rotate --json` prints. */
export interface RotateResult {
  readonly customer: string;
  /** Path from the parent of the accounts directory. */
  readonly file: string;
  readonly from: number;
  readonly to: number;
  /** False with `--dry-run`. */
  readonly written: boolean;
  readonly steps: readonly RotationStep[];
}

const EXAMPLES = `
Examples:
  npx fleet secrets rotate abc --dry-run
  npx fleet secrets rotate abc
  npx fleet secrets rotate abc --json | jq -r '.steps[].command'

Edits the customer's file only. The new passwords are drawn by the deploys that it names, in their order; the first of
them ends every room of the customer for some seconds.

Ends with 0, with 1 when the file cannot be changed, with 2 when it was called wrongly.
`;

/** `fleet secrets rotate`: raises `secretsVersion` in a customer's file and says what to do then. */
export function addSecretsRotateCommand(
  secrets: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  secrets
    .command("rotate <customer>")
    .description("Raise secretsVersion in the customer's file by one, and print the commands that follow.")
    .option("--dry-run", "change nothing, print what would follow")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action(async (id: string, options: RotateOptions) => finish(await rotate(id, options, terminal)));
}

async function rotate(id: string, options: RotateOptions, terminal: Terminal): Promise<ExitCode> {
  const loaded = loadAccounts(terminal, options.accounts);
  if (!loaded.ok) {
    printProblems(terminal, loaded.problems);
    return EXIT.problems;
  }
  const { fleet } = loaded;
  const customer = fleet.customers.find((each) => each.id === id);
  if (!customer) {
    const ids = fleet.customers.map((each) => each.id);
    terminal.err(unknownName("customer", id, ids));
    return EXIT.usage;
  }

  const [from, to] = [customer.secretsVersion, customer.secretsVersion + 1];
  const file = `${basename(resolve(options.accounts))}/${customer.account}/customers/${id}.yaml`;
  const path = join(options.accounts, customer.account, "customers", `${id}.yaml`);
  const edited = editScalar(readFileSync(path, "utf8"), [FIELD], to);
  const refusal = wonOver(loaded, customer, file) ?? outOfRange(file, to) ?? notEditable(file, edited, to);
  if (refusal !== undefined || edited === undefined) {
    terminal.err(`${refusal}\n\nNothing was written.\n`);
    return EXIT.problems;
  }
  const written = !options.dryRun;
  if (written) await writeUnlessInterrupted(new Map([[path, edited]]));

  const result = { customer: id, file, from, to, written, steps: rotationSteps(fleet, customer) };
  terminal.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : report(result));
  return EXIT.success;
}

/** An `overrides` of the account wins over the customer's file. */
function wonOver(
  { provenance }: Extract<Loaded, { ok: true }>,
  { account, id, secretsVersion }: Customer,
  file: string,
): string | undefined {
  const origin = provenance.originOf({ kind: "customer", account, customer: id }, [FIELD]);
  if (origin?.layer !== "account-overrides") return undefined;
  return (
    `${origin.file}:${origin.line}:${origin.column}  ${origin.field}: ${secretsVersion} wins over ${file} and holds ` +
    `for every customer of ${account}; move it into the customers' files, then rotate`
  );
}

const outOfRange = (file: string, to: number): string | undefined =>
  customerSchema.shape.secretsVersion.safeParse(to).success
    ? undefined
    : `${file}  ${FIELD}: ${to} is more than the schema allows`;

const notEditable = (file: string, edited: string | undefined, to: number): string | undefined =>
  edited === undefined
    ? `${file}  ${FIELD}: cannot be changed by a program here; write ${to} by hand`
    : undefined;

function report({ customer, file, from, to, written, steps }: RotateResult): string {
  const done = `${file}: ${FIELD} ${from} -> ${to}${written ? "" : " (not written: --dry-run)"}`;
  const lines = steps.map(({ command, effect }, index) => `${index + 1}. ${command}\n     ${effect}`);
  return (
    `${done}\n\nNext, in this order:\n\n${lines.join("\n")}\n\n` +
    `Do not rotate ${customer} again before every bridge that runs was started after this: the rotation after this ` +
    "one takes the old password away.\n"
  );
}
