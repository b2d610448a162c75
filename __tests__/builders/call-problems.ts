import type { Command } from "commander";

/** Up to what ends it in a shell or a sentence: a pipe, a redirection, the next command, a remark. `<name>` belongs to it. */
const CALL = /(?:\bnpx fleet|^fleet)(?= |$)((?:<[^<>]*>|"[^"]*"|'[^']*'|[^|<>&#();"'])*)/g;
/** Of every command, and no option of any in commander's list. */
const HELP = ["-h", "--help"];

/** The calls of `fleet` in a line of code, without `fleet`. */
export const fleetCalls = (code: string): readonly string[] =>
  [...code.matchAll(CALL)].map(([, call]) => call!.trim());

export interface Call {
  readonly command: Command;
  /** With the words above it, such as `fleet keeper drain`. */
  readonly name: string;
  /** What follows: arguments and options. */
  readonly words: readonly string[];
}

/** The command that a call is of, as far as there is one. */
export function parseCall(program: Command, call: string): Call {
  const words = call.match(/(?:"[^"]*"|'[^']*'|\S)+/g) ?? [];
  let [command, at] = [program, 0];
  for (; at < words.length; at++) {
    const next = command.commands.find((each) => each.name() === words[at]);
    if (!next) break;
    command = next;
  }
  return { command, name: ["fleet", ...words.slice(0, at)].join(" "), words: words.slice(at) };
}

/** Without their values: `--week=40` gives `--week`. */
export const optionsOf = ({ words }: Call): readonly string[] =>
  words.filter((word) => /^--?[a-zA-Z]/.test(word)).map((word) => word.replace(/[=:,…].*/, ""));

/** What a call names that is not there: a command, or options of the command. */
export function callProblems(program: Command, text: string): readonly string[] {
  const call = parseCall(program, text);
  const { command, name, words } = call;
  if (command.commands.length > 0 && words.length > 0 && !words[0]!.startsWith("-"))
    return [`${name} has no command ${words[0]}`];
  const known = [...command.options.flatMap(({ short, long }) => [short, long]), ...HELP];
  return optionsOf(call)
    .filter((option) => !known.includes(option))
    .map((option) => `${name} has no option ${option}`);
}
