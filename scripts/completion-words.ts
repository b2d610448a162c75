import type { Command } from "commander";
import { wordTree } from "../cli/completion/word-tree";

/** cli/completion/words.json: the commands as completion knows them, so that it need not load them. */
export const renderCompletionWords = (program: Command): string =>
  `${JSON.stringify(wordTree(program), null, 1)}\n`;
