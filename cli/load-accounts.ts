import { basename, resolve } from "node:path";
import { counted } from "../model/counted";
import { type Loaded, loadFleet } from "../config/load-fleet";
import { Progress } from "./progress";
import type { Terminal } from "./terminal";

/** So many files are read between two looks at the clock: a screen at the far end of a line need not show each one. */
const FILES_A_LOOK = 20;

/**
 * As `loadFleet`; how many files are read is on the screen from one second on.
 *
 * @param told `today`: the day by which waivers end; `now`: milliseconds since any moment
 */
export function loadAccounts(
  terminal: Terminal,
  directory: string,
  { today, now }: { readonly today?: string; readonly now?: () => number } = {},
): Loaded {
  const progress = new Progress(terminal, now);
  const name = `${basename(resolve(directory))}/`;
  try {
    return loadFleet(directory, {
      today,
      onRead: (done, total) => {
        if (done === total) progress.show(`checking ${name}: ${counted(total, "file")} …`);
        else if (done % FILES_A_LOOK === 0) progress.show(`reading ${name}: ${done} of ${total} files …`);
      },
    });
  } finally {
    progress.clear();
  }
}
