import { homedir } from "node:os";
import { type Candidates, candidatesFor } from "./candidates";
import { namesOnDisk } from "./names-on-disk";
import type { CommandWords } from "./word-tree";
import words from "./words.json";

/**
 * `fleet complete -- <words>`, which completion scripts call: a line per candidate, with its description behind a tab;
 * `:files` or `:directories` in a line of its own asks the shell to add those. Whatever happens, it prints no error: one
 * in the middle of what somebody types helps nobody.
 *
 * @param line words behind `fleet`, up to the cursor
 */
export function complete(line: readonly string[], print: (text: string) => void): void {
  try {
    print(
      candidateLines(
        candidatesFor(words as CommandWords, line, (kind, at) => namesOnDisk(expanded(at))[kind]),
      ),
    );
  } catch {
    // Nothing to propose.
  }
}

/** A word that is still typed has the tilde that the shell would take away. */
const expanded = (path: string): string => path.replace(/^~(?=\/|$)/, homedir());

export const candidateLines = ({ words: candidates, also }: Candidates): string =>
  [
    ...candidates.map(({ word, description }) => (description === "" ? word : `${word}\t${description}`)),
    ...(also === null ? [] : [`:${also}`]),
  ]
    .map((line) => `${line}\n`)
    .join("");
