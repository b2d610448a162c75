import type { CommandWords, OptionWords, ValueWords } from "./word-tree";
import { isNameOfData, type NameOfData } from "./value-kinds";

export interface Candidate {
  readonly word: string;
  /** Shown beside the word by shells that can; empty when there is nothing to say. */
  readonly description: string;
}

/** What may stand where the cursor is. */
export interface Candidates {
  /** For `--option=value` words are values. */
  readonly words: readonly Candidate[];
  /** What the shell adds. */
  readonly also: "files" | "directories" | null;
}

const NOTHING: Candidates = { words: [], also: null };
const DEFAULT_ACCOUNTS = "accounts";

type NamesOf = (kind: NameOfData, accounts: string) => readonly string[];

/**
 * What may stand in the last of some words of a command line, which is what was typed of it so far.
 *
 * @param words behind `fleet`; the last one may be empty
 */
export function candidatesFor(tree: CommandWords, words: readonly string[], namesOf: NamesOf): Candidates {
  const line = readLine(tree, words.slice(0, -1));
  const current = words.at(-1) ?? "";
  const values = (value: ValueWords, typed: string): Candidates =>
    valueCandidates(value, typed, line.taken, (kind) => namesOf(kind, line.accounts));

  if (line.waiting && !isNoValue(line.waiting, current)) return values(line.waiting, current);
  const [, option, typed] = line.optionsEnded ? [] : (/^(--[^=]+)=(.*)$/s.exec(current) ?? []);
  if (option !== undefined) {
    const value = optionNamed(line.command, option)?.value;
    return value ? values(value, typed!) : NOTHING;
  }
  if (current.startsWith("-") && !line.optionsEnded) {
    const options = line.command.options.filter(({ names }) => !names.some((name) => line.used.has(name)));
    const proposed = options.map(({ names, description }) => ({ word: names.at(-1)!, description }));
    return { words: proposed.filter(({ word }) => word.startsWith(current)), also: null };
  }
  const commands = Object.entries(line.command.commands)
    .filter(([name]) => name.startsWith(current))
    .map(([word, { description }]) => ({ word, description }));
  if (commands.length > 0) return { words: commands, also: null };
  const { arguments: all } = line.command;
  const last = all.at(-1);
  const argument = all[line.taken.length] ?? (last?.isVariadic ? last : undefined);
  return argument ? values(argument, current) : NOTHING;
}

/** What is on the line before the cursor. */
interface Line {
  readonly command: CommandWords;
  /** Arguments that are there. */
  readonly taken: readonly string[];
  /** Options that are there and may not be repeated. */
  readonly used: ReadonlySet<string>;
  /** The value that the option before the cursor waits for. */
  readonly waiting: ValueWords | undefined;
  readonly optionsEnded: boolean;
  readonly accounts: string;
}

function readLine(tree: CommandWords, words: readonly string[]): Line {
  let command = tree;
  let accounts = DEFAULT_ACCOUNTS;
  let waiting: { readonly name: string; readonly value: ValueWords } | undefined;
  let optionsEnded = false;
  const taken: string[] = [];
  const used = new Set<string>();
  const give = (name: string, value: string): void => {
    if (name === "--accounts" && value !== "") accounts = value;
  };
  for (const word of words) {
    if (waiting && !isNoValue(waiting.value, word)) {
      give(waiting.name, word);
      waiting = undefined;
      continue;
    }
    waiting = undefined;
    if (word === "--" && !optionsEnded) optionsEnded = true;
    else if (word.startsWith("-") && !optionsEnded) {
      const [, name = word, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
      const option = optionNamed(command, name);
      if (!option?.value?.isVariadic) option?.names.forEach((each) => used.add(each));
      if (value !== undefined) give(name, value);
      else if (option?.value) waiting = { name: option.names.at(-1)!, value: option.value };
    } else if (taken.length === 0 && Object.hasOwn(command.commands, word)) {
      command = command.commands[word]!;
      used.clear();
    } else taken.push(word);
  }
  return { command, taken, used, waiting: waiting?.value, optionsEnded, accounts };
}

/** Behind an option whose value may be left out, the next option is none. */
const isNoValue = ({ isOptional }: ValueWords, word: string): boolean => isOptional && word.startsWith("-");

const optionNamed = ({ options }: CommandWords, name: string): OptionWords | undefined =>
  options.find(({ names }) => names.includes(name));

function valueCandidates(
  { kinds, words, isList, isVariadic }: ValueWords,
  typed: string,
  taken: readonly string[],
  namesOf: (kind: NameOfData) => readonly string[],
): Candidates {
  const all = [...words, ...kinds.filter(isNameOfData).flatMap(namesOf)];
  const before = isList ? typed.slice(0, typed.lastIndexOf(",") + 1) : "";
  const gone = new Set(isList ? before.split(",") : isVariadic ? taken : []);
  const also = kinds.includes("directory")
    ? "directories"
    : kinds.some((kind) => kind.startsWith("file"))
      ? "files"
      : null;
  return {
    words: [...new Set(all)]
      .filter((word) => !gone.has(word) && `${before}${word}`.startsWith(typed))
      .map((word) => ({ word: `${before}${word}`, description: "" })),
    also,
  };
}
