import type { Command } from "commander";

/** A command and the words that call it, `fleet` in front. */
export interface NamedCommand {
  readonly words: readonly string[];
  readonly command: Command;
  /** It has none below it. */
  readonly isLeaf: boolean;
}

/** Every command that help shows, those with commands below them before these. */
export function commandsOf(command: Command, above: readonly string[] = []): readonly NamedCommand[] {
  const words = [...above, command.name()];
  const below = command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => each.name() !== "help");
  return [
    { words, command, isLeaf: below.length === 0 },
    ...below.flatMap((each) => commandsOf(each, words)),
  ];
}
