import type { Command } from "commander";
import { readAccountFiles } from "../../config/read-account-files";
import { writeUnlessInterrupted } from "../files/write-unless-interrupted";
import { accountBlueprint } from "../new/account-blueprint";
import { AnswerProblem, askAnswers } from "../new/ask-answers";
import type { Answers, Blueprint } from "../new/blueprint";
import { customerBlueprint } from "../new/customer-blueprint";
import { DraftFiles } from "../new/draft-files";
import { poolBlueprint } from "../new/pool-blueprint";
import { loadAccounts } from "../load-accounts";
import { LongWork } from "../long-work";
import { printProblems } from "../print-problems";
import { Questions } from "../questions";
import { sentence } from "../sentence";
import { EXIT, type ExitCode, type Terminal } from "../terminal";

interface NewOptions extends Answers {
  readonly accounts: string;
}
interface Switches {
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** What `fleet new … --json` prints. */
export interface NewResult {
  readonly kind: Blueprint["kind"];
  readonly id: string;
  /** New and changed files, path from the parent of the accounts directory. */
  readonly files: readonly { readonly path: string; readonly text: string; readonly isNew: boolean }[];
  /** False with `--dry-run`. */
  readonly written: boolean;
  /** What to do then. */
  readonly next: readonly string[];
}

const ENDS = `
Asks for what no flag says; an empty answer takes what stands in brackets, and each answer is held against the schemas
and rules of fleet check at once. Only what differs from the layers and defaults is written, and no file is overwritten.

Ends with 0, with 1 when the accounts have problems, with 2 when it was called wrongly; then nothing is written.
`;

const OVERVIEW = `
Examples:
  npx fleet new account beta --project beta-meet-prod --domain meet.beta.example --email ops@beta.example --yes
  npx fleet new customer abc2 --account acme --yes
  npx fleet new pool us-more --account globex --region us-east1 --serves xyz --participants 400 --yes
${ENDS}`;

const EXAMPLES: Readonly<Record<Blueprint["kind"], string>> = {
  account: `
Examples:
  npx fleet new account
  npx fleet new account beta --project beta-meet-prod --domain meet.beta.example --email ops@beta.example --yes
  npx fleet new account beta --clouds gcp,linode --regions europe-west4,us-east1 --dry-run
${ENDS}`,
  customer: `
Examples:
  npx fleet new customer
  npx fleet new customer abc2 --account acme --zone europe-west4-a --machine-type n2-standard-4 --yes
  npx fleet new customer abc2 --account acme --bridges eu-burst --yes      # adds it to serves of that pool
${ENDS}`,
  pool: `
Examples:
  npx fleet new pool
  npx fleet new pool us-more --account globex --region us-east1 --serves xyz --participants 400 --yes
  npx fleet new pool nl-more --account acme --cloud linode --region nl-ams --size 3 --yes
${ENDS}`,
};

/** `fleet new`: files of a new account, customer or pool that pass `fleet check`. */
export function addNewCommand(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  const command = program
    .command("new")
    .description("Write the file of a new account, customer or pool.")
    .addHelpText("after", OVERVIEW);
  for (const blueprint of [accountBlueprint, customerBlueprint, poolBlueprint]) {
    const { kind, questions } = blueprint;
    const sub = command
      .command(kind)
      .argument("[id]", `name of its ${kind === "account" ? "folder" : "file"}`)
      .description(`Write the file of a new ${kind}: asks, or takes flags for everything.`);
    for (const { flag, help } of questions) if (flag !== "") sub.option(flag, help);
    sub
      .option("--yes", "take what is suggested for everything that no flag says")
      .option("--dry-run", "write nothing, print the files")
      .option("--json", "print one JSON object for machines")
      .option("--accounts <directory>", "directory of the accounts", "accounts")
      .addHelpText("after", EXAMPLES[kind])
      .action(async (id: string | undefined, options: NewOptions) =>
        finish(await make(blueprint, id, options, options as Switches, terminal)),
      );
  }
}

async function make(
  blueprint: Blueprint,
  id: string | undefined,
  options: NewOptions,
  { yes = false, dryRun = false, json = false }: { yes?: boolean; dryRun?: boolean; json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { accounts } = options;
  const work = new LongWork(terminal);
  const base = work.step(`reading ${accounts} …`, () => loadAccounts(terminal, accounts));
  const read = readAccountFiles(accounts);
  const isFirst = ![...read.files.keys()].some((path) => path.split("/").length > 2);
  if (!base.ok && !(isFirst && blueprint.kind === "account")) {
    printProblems(terminal, base.problems);
    return EXIT.problems;
  }
  const draft = new DraftFiles(blueprint, accounts, base, read);
  const flags = Object.fromEntries(
    blueprint.questions.map(({ name, flag }) => [name, name === "id" ? id : options[optionOf(flag)]]),
  );
  const questions = new Questions(terminal);
  let answers: Answers;
  try {
    answers = await askAnswers(blueprint.questions, withoutUndefined(flags), draft, { yes, questions, work });
  } catch (error) {
    if (!(error instanceof AnswerProblem)) throw error;
    terminal.err(`${sentence(error.message)}\n\nNothing was written.\n`);
    return EXIT.usage;
  } finally {
    questions.close();
  }
  return await write(blueprint, answers, draft, { accounts, dryRun, json, work }, terminal);
}

async function write(
  { kind, next }: Blueprint,
  answers: Answers,
  draft: DraftFiles,
  {
    accounts,
    dryRun,
    json,
    work,
  }: {
    readonly accounts: string;
    readonly dryRun: boolean;
    readonly json: boolean;
    readonly work: LongWork;
  },
  terminal: Terminal,
): Promise<ExitCode> {
  const files = draft.files(answers);
  const problems = work.step("checking what would be written …", () => draft.problems(answers));
  if (typeof files === "string" || problems.length > 0) {
    if (typeof files === "string") terminal.err(`${files}.\n\nNothing was written.\n`);
    else printProblems(terminal, problems);
    return EXIT.problems;
  }
  if (!dryRun)
    await writeUnlessInterrupted(
      new Map([...files].map(([path, text]) => [DraftFiles.onDisk(accounts, path), text])),
    );
  const result: NewResult = {
    kind,
    id: answers["id"]!,
    files: [...files].map(([path, text]) => ({ path, text, isNew: !draft.around.files.has(path) })),
    written: !dryRun,
    next: next(answers, draft.around),
  };
  terminal.out(json ? `${JSON.stringify(result, null, 2)}\n` : report(result));
  return EXIT.success;
}

function report({ files, written, next }: NewResult): string {
  if (!written) return files.map(({ path, text }) => `# ${path}\n${text}`).join("\n");
  const lines = files.map(({ path, isNew }) => `${isNew ? "written" : "changed"}  ${path}`);
  return `${lines.join("\n")}\n\nNext, in this order:\n\n${next.map((step, index) => `${index + 1}. ${step}`).join("\n")}\n`;
}

/** `machineType` of `--machine-type <type>`. */
const optionOf = (flag: string): string =>
  flag
    .split(" ")[0]!
    .replace(/^--/, "")
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const withoutUndefined = (values: Readonly<Record<string, string | undefined>>): Answers =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
