import { rmdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Loaded } from "../../config/load-fleet";
import { readAccountFiles } from "../../config/read-account-files";
import { quoted } from "../../model/quoted";
import { writeUnlessInterrupted } from "../files/write-unless-interrupted";
import { giveTurn } from "../give-turn";
import type { LongWork } from "../long-work";
import { Questions } from "../questions";
import type { Terminal } from "../terminal";
import { type ClashProblem, clashesOf } from "./clashes";
import { CloneRepair, type CloneFix } from "./clone-repair";
import { foreignCustomers, type Leftover } from "./foreign-customers";
import type { Place } from "./place";
import { unreadFiles } from "./unread-files";

export interface FixCloneOptions {
  readonly accounts: string;
  /** The account that is the copy; left out, the rules tell, or the question. */
  readonly copy?: string | undefined;
  /** Takes every suggestion. */
  readonly yes: boolean;
}

export interface FixCloneResult {
  /** Empty when no account is a copy. */
  readonly fixes: readonly CloneFix[];
  readonly leftovers: readonly Leftover[];
}

/** The command was called so that it cannot go on; the message says what to call. */
export class CallProblem extends Error {}

/**
 * Asks for a value of its own for each line that a copied account shares with its original, and writes them all, or
 * nothing.
 *
 * @throws CallProblem
 * @throws NoAnswer when nobody answers; then nothing is written
 */
export async function fixClone(
  loaded: Loaded,
  { accounts, copy, yes }: FixCloneOptions,
  work: LongWork,
  terminal: Terminal,
): Promise<FixCloneResult> {
  const clashes = clashesOf(loaded).filter(
    ({ clash }) => copy === undefined || clash.copy === copy || clash.owner === copy,
  );
  if (clashes.length === 0) return { fixes: [], leftovers: [] };
  const questions = new Questions(terminal);
  try {
    const copies = copy === undefined ? await whichAreCopies(clashes, yes, questions) : new Set([copy]);
    const { files, synthesized } = readAccountFiles(accounts);
    const repair = work.step(
      "looking for what is shared …",
      () => new CloneRepair(files, synthesized, copies),
    );
    refuseUnread(files, repair, copies);
    refuseByHand(repair);
    for (let next = repair.next(); next.length > 0; next = repair.next()) {
      await giveTurn();
      const [problem] = next as [ClashProblem];
      if (yes && takeTogether(next, repair, work)) continue;
      const value = await valueFor(problem, repair, { yes, questions, work }, terminal);
      work.step(underWay(problem), () => repair.fix(problem, value));
    }
    await write(files, repair.result, accounts);
    return { fixes: repair.fixes, leftovers: foreignCustomers(repair.fleet, copies, repair.result) };
  } finally {
    questions.close();
  }
}

/**
 * Takes the suggestions of several at once, or of half as many, and so on: hundreds of customers would take minutes one by
 * one.
 */
function takeTogether(next: readonly ClashProblem[], repair: CloneRepair, work: LongWork): boolean {
  for (let count = next.length; count > 1; count = Math.ceil(count / 2)) {
    const some = next.slice(0, count);
    if (work.step(`${underWay(some[0]!)} (${count})`, () => repair.fixTogether(some))) return true;
  }
  return false;
}

/** A pool that cannot be read yet would go on serving the original's customers, and nothing would say so later. */
function refuseUnread(
  files: ReadonlyMap<string, Uint8Array>,
  { fleet }: CloneRepair,
  copies: ReadonlySet<string>,
): void {
  const unread = unreadFiles(files.keys(), fleet).filter(({ account }) => copies.has(account));
  if (unread.length === 0) return;
  throw new CallProblem(
    `Not every file of ${[...copies].join(" and ")} can be read, so nobody knows what else is shared:\n` +
      `${unread.map(({ file }) => `  ${file}\n`).join("")}` +
      "npx fleet check says why; mend them first, then run this again",
  );
}

/** All places at once, and before the first question. */
function refuseByHand(repair: CloneRepair): void {
  const places = repair.byHand();
  if (places.length === 0) return;
  throw new CallProblem(
    places
      .map(
        (place) =>
          `${placeText(place)}a value over several lines, or with escapes, is not changed here; write it on one line\n`,
      )
      .join("") + "Then run this again",
  );
}

const placeText = ({ file, line, column, field }: Place): string =>
  `${file}:${line}:${column}  ${field === "" ? "" : `${field}: `}`;

/** Asks where nothing tells which of two accounts is the copy. */
async function whichAreCopies(
  clashes: readonly ClashProblem[],
  yes: boolean,
  questions: Questions,
): Promise<ReadonlySet<string>> {
  const copies = new Set(clashes.filter(({ clash }) => clash.isCertain).map(({ clash }) => clash.copy));
  for (const { clash } of clashes) {
    const { owner, copy } = clash;
    if (clash.isCertain || copies.has(copy) || copies.has(owner)) continue;
    if (yes)
      throw new CallProblem(
        `Nothing tells whether ${owner} or ${copy} is the copy; name it: npx fleet check --fix-clone ${copy} --yes`,
      );
    const answer = await questions.ask(`Which is the copy, ${owner} or ${copy}?`, {
      fallback: copy,
      problemOf: (given) => ([owner, copy].includes(given) ? undefined : `answer ${owner} or ${copy}`),
    });
    copies.add(answer);
  }
  return copies;
}

const underWay = ({ file, clash }: ClashProblem): string => `${file}: ${clash.kind} …`;

async function valueFor(
  problem: ClashProblem,
  repair: CloneRepair,
  { yes, questions, work }: { readonly yes: boolean; readonly questions: Questions; readonly work: LongWork },
  terminal: Terminal,
): Promise<string> {
  const { clash, message } = problem;
  const place = placeText(repair.placeOf(problem));
  const problemOf = (value: string) => work.step(underWay(problem), () => repair.problemOf(problem, value));
  const byHand = (reason: string): CallProblem => new CallProblem(place + reason);
  if (clash.kind === "host-key") {
    const refused = problemOf("");
    if (refused !== undefined) throw byHand(refused);
    if (!yes) {
      terminal.err(`${place}${message}\n`);
      if (!(await questions.confirm("Remove it?", true)))
        throw byHand("it stays the other machine's key; remove it by hand");
    }
    return "";
  }
  const suggested = work.step(underWay(problem), () => repair.suggestion(problem));
  const fallback = suggested !== undefined && problemOf(suggested) === undefined ? suggested : undefined;
  if (yes) {
    if (fallback !== undefined) return fallback;
    throw byHand(`no suggestion for ${quoted(clash.value)}; run it without --yes, and answer`);
  }
  terminal.err(`${place}${message}\n`);
  return questions.ask(QUESTIONS[clash.kind] ?? "New value", {
    ...(fallback !== undefined && { fallback }),
    problemOf,
  });
}

const QUESTIONS: Readonly<Partial<Record<ClashProblem["clash"]["kind"], string>>> = {
  project: "Project of its own",
  "state-bucket": "State bucket of its own",
  domain: "Domain of its own",
  range: "Free range",
  "customer-id": "New id (renames the file; pools of the account follow)",
  hostname: "Host name of its own",
};

/** Writes what differs, under paths of the disk; folders that are empty then go. */
async function write(
  before: ReadonlyMap<string, Uint8Array>,
  after: ReadonlyMap<string, Uint8Array>,
  accounts: string,
): Promise<void> {
  const onDisk = (path: string) => join(resolve(accounts), path.split("/").slice(1).join("/"));
  const changed = [...after].filter(([path, bytes]) => before.get(path) !== bytes);
  const gone = [...before.keys()].filter((path) => !after.has(path)).map(onDisk);
  await writeUnlessInterrupted(new Map(changed.map(([path, bytes]) => [onDisk(path), bytes])), gone);
  for (const path of gone) removeEmptyFolders(dirname(path));
}

function removeEmptyFolders(folder: string): void {
  try {
    rmdirSync(folder);
    removeEmptyFolders(dirname(folder));
  } catch {
    // It holds something else.
  }
}
