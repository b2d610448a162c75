import type { Argument, Command, Option } from "commander";
import { POLICIES } from "../../simulate/result";
import { BUILT_IN_TRACES } from "../../simulate/traces/built-in-traces";
import { FREE_NAMES, isList, isNameOfData, isNameOfFile, kindsOf } from "./value-kinds";

/** What may stand in one place of a command line. */
export interface ValueWords {
  /** Names of data and of files. */
  readonly kinds: readonly string[];
  /** Words that are known when the command is declared. */
  readonly words: readonly string[];
  /** A list with commas between. */
  readonly isList: boolean;
  /** It may be repeated. */
  readonly isVariadic: boolean;
  /** It may be left out: what follows an option may be something else. */
  readonly isOptional: boolean;
}

export interface OptionWords {
  /** `-h`, `--help`. */
  readonly names: readonly string[];
  readonly description: string;
  /** null for a switch. */
  readonly value: ValueWords | null;
}

/** A command as completion knows it. */
export interface CommandWords {
  readonly description: string;
  readonly arguments: readonly ValueWords[];
  readonly options: readonly OptionWords[];
  readonly commands: Readonly<Record<string, CommandWords>>;
}

/** Kinds whose words do not depend on the data. */
const FIXED_WORDS: Readonly<Record<string, readonly string[]>> = {
  cloud: ["gcp", "linode"],
  policy: POLICIES,
  trace: BUILT_IN_TRACES.map(({ name }) => name),
};

/** Whether completion knows what `<kind>` stands for, or that nobody can. */
export const isKnownKind = (kind: string): boolean =>
  isNameOfData(kind) || isNameOfFile(kind) || FREE_NAMES.includes(kind) || Object.hasOwn(FIXED_WORDS, kind);

/** The words of a command and of all below it, from the declarations themselves. */
export function wordTree(command: Command): CommandWords {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).filter((each) => each.name() !== "help");
  return {
    description: command.description(),
    arguments: command.registeredArguments.map(argumentWords),
    options: help.visibleOptions(command).map(optionWords),
    commands: Object.fromEntries(commands.map((each) => [each.name(), wordTree(each)])),
  };
}

const argumentWords = (argument: Argument): ValueWords =>
  valueWords(argument.name(), argument.argChoices, argument.variadic, !argument.required);

const optionWords = (option: Option): OptionWords => ({
  names: [option.short, option.long].filter((name) => name !== undefined && name !== null),
  description: option.description,
  value:
    option.required || option.optional
      ? valueWords(valueNameOf(option), option.argChoices, option.variadic, option.optional)
      : null,
});

/** `directory` of `--accounts <directory>`. */
export const valueNameOf = ({ flags }: Pick<Option, "flags">): string =>
  /[<[](.*?)(?:\.\.\.)?[>\]]$/.exec(flags)?.[1]?.replace(/,$/, ",...") ?? "";

function valueWords(
  name: string,
  choices: readonly string[] | undefined,
  isVariadic: boolean,
  isOptional: boolean,
): ValueWords {
  const kinds = kindsOf(name, isVariadic);
  return {
    kinds: kinds.filter((kind) => isNameOfData(kind) || isNameOfFile(kind)),
    words: choices ?? kinds.flatMap((kind) => FIXED_WORDS[kind] ?? []),
    isList: isList(name),
    isVariadic,
    isOptional,
  };
}
