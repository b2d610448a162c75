import { formatProblems } from "../config/format-problems";
import type { LocatedProblem } from "../config/load-fleet";
import { paintFor } from "./paint";
import type { Terminal } from "./terminal";

/** Prints problems of the files to `err`; on a screen places are bold, errors red and warnings yellow. @param after see `formatProblems` */
export function printProblems(terminal: Terminal, problems: readonly LocatedProblem[], after?: string): void {
  const paint = paintFor(terminal, "err");
  terminal.err(
    formatProblems(problems, { place: paint.bold, error: paint.red, warning: paint.yellow }, after),
  );
}
