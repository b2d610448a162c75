import { join } from "node:path";
import type { LocatedProblem } from "../../config/load-fleet";
import { ID_PATTERN, MAX_ID_LENGTH } from "../../model/schema/fields";
import { quoted } from "../../model/quoted";
import { writeUnlessInterrupted } from "../files/write-unless-interrupted";
import { LongWork } from "../long-work";
import { printProblems } from "../print-problems";
import { sentence } from "../sentence";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { accountFiles, complete, rangesOf } from "./account-files";
import { openAccounts } from "./accounts-directory";
import { ANSWERS, type AnswerOptions } from "./answers";
import { askMissing, listMissing } from "./ask-missing";
import { buildDraft, type Built, faultOf } from "./build-draft";
import { adjustedEntries, importResult, type ImportResult } from "./import-result";
import { reportMarkdown, reportText } from "./report-text";
import type { Rule } from "./rule";
import { SourceProblem } from "./source-folder";
import type { SourceRead } from "./variable";

/** Options that both sources have. */
export interface ImportOptions extends AnswerOptions {
  readonly accounts: string;
  readonly account?: string;
  readonly customer?: string;
  readonly dryRun?: true;
  readonly json?: true;
  readonly report?: string;
}

/** In the values of flags it stands for the id of each account. */
const ACCOUNT = "{account}";

export interface ImportSource {
  readonly name: ImportResult["source"];
  readonly cloud: "gcp" | "linode";
  readonly rules: readonly Rule[];
  /** @throws SourceProblem */
  readonly read: () => Promise<SourceRead>;
}

/** Reads a source, asks for what it lacks, and writes accounts that `fleet check` accepts; or writes nothing. */
export async function runImport(
  source: ImportSource,
  options: ImportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { account, customer } = options;
  for (const [flag, id] of Object.entries({ account, customer: customer?.replaceAll(ACCOUNT, "x") })) {
    if (id !== undefined && (!ID_PATTERN.test(id) || id.length > MAX_ID_LENGTH))
      return wrongly(
        terminal,
        `--${flag} ${quoted(id)}: allowed: at most ${MAX_ID_LENGTH} lower-case letters, digits and single hyphens, starting with a letter`,
      );
  }
  try {
    return await importAll(source, options, terminal);
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
    return wrongly(terminal, error.message);
  }
}

async function importAll(
  source: ImportSource,
  options: ImportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const read = await source.read();
  if (read.problems.length > 0) return problems(terminal, read.problems);
  const work = new LongWork(terminal);
  const directory = work.step(`reading ${options.accounts} …`, () =>
    openAccounts(terminal, options.accounts),
  );
  if (directory.problems.length > 0) return problems(terminal, directory.problems);
  const taken = read.accounts.filter(({ account }) => directory.has(account));
  if (taken.length > 0)
    return wrongly(
      terminal,
      taken
        .map(({ account }) => `${join(options.accounts, account)} is there already, and is not overwritten`)
        .join("\n") + "; remove it first, or choose another id with --account",
    );
  const ids = read.accounts.map(({ account }) => account);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    return wrongly(terminal, `two folders become account ${twice}; import them one by one, with --account`);

  for (const { account } of read.accounts) {
    const customer = customerOf(options, account);
    const owner = directory.accountOfCustomer(customer);
    if (owner !== undefined)
      return wrongly(
        terminal,
        `customer ${customer} is there already, in account ${owner}; choose another id with --customer`,
      );
  }

  const { catalog } = directory;
  const { cloud, rules } = source;
  let built = read.accounts.map((each) =>
    buildDraft(each, {
      cloud,
      rules,
      catalog,
      answers: options,
      customer: customerOf(options, each.account),
    }),
  );
  for (const answer of ANSWERS) {
    const text = options[answer.option];
    const draft = built[0]!.draft;
    const fault = text === undefined ? undefined : faultOf(draft, answer, text, catalog);
    if (fault !== undefined) return wrongly(terminal, `${answer.flag}: ${fault}`);
  }
  built = withOwnBuckets(built);
  const drafts = built.map(({ draft }) => draft);
  // A dry run shows what there is and what is lacking, and asks nobody.
  const missing = options.dryRun ? listMissing(drafts) : await askMissing(drafts, catalog, terminal);
  if (missing !== undefined) {
    if (options.dryRun)
      await report(importResult(source.name, built, [], false), new Map(), options, terminal);
    terminal.err(options.dryRun && !options.json ? `\n${missing}` : missing);
    return EXIT.usage;
  }
  const ranges = [...directory.ranges];
  const wanted = built.flatMap(({ draft }) => rangesOf(draft));
  built = built.map(({ draft, entries }) => {
    const adjusted = complete(draft, catalog, ranges, wanted);
    ranges.push(...rangesOf(draft));
    return { draft, entries: adjustedEntries(entries, adjusted) };
  });

  const files = new Map(built.flatMap(({ draft }) => [...accountFiles(draft)]));
  const found = work.step("checking what would be written …", () => directory.problemsWith(files));
  if (found.some(({ severity }) => severity === "error")) {
    terminal.err("What would be written is refused:\n\n");
    return problems(terminal, found);
  }
  const isDry = options.dryRun ?? false;
  const result = importResult(source.name, built, [...files.keys()], !isDry);
  await report(result, isDry ? new Map() : files, options, terminal);
  if (found.length > 0) printProblems(terminal, found);
  return EXIT.success;
}

/** Writes what there is to write, all of it or nothing, and prints the report. */
async function report(
  result: ImportResult,
  files: ReadonlyMap<string, string>,
  options: ImportOptions,
  terminal: Terminal,
): Promise<void> {
  const written = new Map([...files].map(([path, text]) => [join(options.accounts, path), text]));
  if (options.report !== undefined) written.set(options.report, reportMarkdown(result));
  await writeUnlessInterrupted(written);
  terminal.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : reportText(result));
}

/** The customer whose server an account's bridges serve. */
const customerOf = ({ customer }: ImportOptions, account: string): string =>
  customer?.replaceAll(ACCOUNT, account) ?? account;

/** A bucket that all accounts of a layout share is none for an account: it is asked for. */
function withOwnBuckets(built: readonly Built[]): Built[] {
  const field = "state.bucket";
  const buckets = built.map(({ draft }) => draft.accountFields.get(field));
  return built.map(({ draft, entries }, index): Built => {
    const own = buckets[index];
    const shared =
      own &&
      !own.from.startsWith("--") &&
      buckets.some((other, at) => at !== index && other?.value === own.value);
    if (!shared) return { draft, entries };
    draft.accountFields.delete(field);
    const why = "accounts share it; each needs a bucket of its own";
    return { draft, entries: adjustedEntries(entries, [{ from: own.from, field, why }]) };
  });
}

function wrongly(terminal: Terminal, message: string): ExitCode {
  terminal.err(`${sentence(message)}\n`);
  return EXIT.usage;
}

function problems(terminal: Terminal, found: readonly LocatedProblem[]): ExitCode {
  printProblems(terminal, found);
  return EXIT.problems;
}
