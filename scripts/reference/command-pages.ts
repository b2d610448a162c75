import type { Argument, Command, Option } from "commander";
import { kindsOf } from "../../cli/completion/value-kinds";
import { commandsOf, type NamedCommand } from "./commands-of";
import { helpParts } from "./help-parts";
import { code, plain, table } from "./markdown";

/** What an argument stands for, by the names that cli/completion/value-kinds.ts knows. */
const MEANINGS: Readonly<Record<string, string>> = {
  account: "an account, such as `acme`",
  customer: "a customer, such as `abc`",
  directory: "a folder",
  file: "a file",
  pool: "a pool, such as `acme/eu-burst`",
  stack: "a stack, such as `customer-abc`",
};

const WRITTEN = "<!-- npm run docs writes this page from the command's own help. -->";

/** Pages below docs/reference/commands/, by file name, from the declarations of the commands. */
export function renderCommandPages(program: Command): ReadonlyMap<string, string> {
  const commands = commandsOf(program);
  return new Map([
    ["README.md", indexPage(commands)],
    ...commands.slice(1).map((each) => [fileOf(each), commandPage(each, commands)] as const),
  ]);
}

const nameOf = ({ words }: NamedCommand): string => words.join(" ");
const fileOf = ({ words }: NamedCommand): string => `${words.slice(1).join("-")}.md`;

const rowOf = (each: NamedCommand): readonly string[] => [
  `[${code(nameOf(each))}](${fileOf(each)})`,
  plain(each.command.description()),
];

function indexPage(commands: readonly NamedCommand[]): string {
  const [program] = commands;
  return page([
    "# The command `fleet`",
    WRITTEN,
    plain(program!.command.description()),
    table(
      ["command", "what it does"],
      commands
        .slice(1)
        .filter(({ isLeaf }) => isLeaf)
        .map(rowOf),
    ).join("\n"),
    ...optionsSection(program!.command),
    ...afterSections(program!.command),
  ]);
}

function commandPage(named: NamedCommand, all: readonly NamedCommand[]): string {
  const { command, words, isLeaf } = named;
  const below = all.filter(
    (each) => each.words.length > words.length && nameOf(each).startsWith(`${nameOf(named)} `),
  );
  const usage = command.createHelp().commandUsage(command);
  return page([
    `# ${code(nameOf(named))}`,
    WRITTEN,
    plain(command.description()),
    `\`\`\`\n${usage}\n\`\`\``,
    ...(isLeaf ? [] : [table(["command", "what it does"], below.map(rowOf)).join("\n")]),
    ...argumentsSection(command.registeredArguments),
    ...optionsSection(command),
    ...afterSections(command),
    "[All commands](README.md)",
  ]);
}

const page = (blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;

function argumentsSection(args: readonly Argument[]): readonly string[] {
  if (args.length === 0) return [];
  const rows = args.map((argument) => [
    code(argument.variadic ? `${argument.name()}...` : argument.name()),
    [
      argument.description === "" ? meaningOf(argument) : plain(argument.description),
      ...(argument.argChoices ? [argument.argChoices.map(code).join(", ")] : []),
      ...(argument.variadic ? ["one or more"] : []),
      ...(argument.required ? [] : ["may be left out"]),
    ].join("; "),
  ]);
  return ["## Arguments", table(["argument", "what it is"], rows).join("\n")];
}

const meaningOf = (argument: Argument): string =>
  kindsOf(argument.name(), argument.variadic)
    .map((kind) => MEANINGS[kind] ?? plain(kind))
    .join(", or ");

function optionsSection(command: Command): readonly string[] {
  const rows = command.createHelp().visibleOptions(command).map(optionRow);
  return ["## Options", table(["option", "what it does", "default"], rows).join("\n")];
}

function optionRow(option: Option): readonly string[] {
  const { flags, description, argChoices, defaultValue, mandatory } = option;
  const choices = argChoices ? `: ${argChoices.map(code).join(", ")}` : "";
  const must = mandatory && defaultValue === undefined ? "; must be given" : "";
  const byDefault =
    typeof defaultValue === "string" || typeof defaultValue === "number" ? code(String(defaultValue)) : "";
  return [code(flags), `${plain(description)}${choices}${must}`, byDefault];
}

function afterSections(command: Command): readonly string[] {
  const { examples, notes, exitCodes } = helpParts(command);
  return [
    "## Examples",
    `\`\`\`sh\n${examples.join("\n")}\n\`\`\``,
    ...notes.map((note) => (note.startsWith(" ") ? `\`\`\`\n${note}\n\`\`\`` : plain(note))),
    "## Exit code",
    plain(exitCodes ?? ""),
  ];
}
