import type { Clash, FieldPath, Severity } from "../model/problem";
import { formatField } from "./format-field";
import type { LocatedProblem } from "./located-problem";
import type { SourceFile } from "./source-file";

/** A file that is broken in more places than this is not meant as one of ours. */
const MOST_PER_FILE = 100;

/** What of a field a problem is about. */
type Part = "key" | "value";

/**
 * The problems of one run. Of several about one value of one file only the first is kept: a layer is read alone and
 * again as part of every document that it is merged into.
 */
export class ProblemList {
  private readonly problems: LocatedProblem[] = [];
  private readonly seen = new Set<string>();
  private readonly found = new Set<string>();
  private readonly perFile = new Map<string, number>();

  /**
   * Reports what is wrong with a field of a file, once for its value and once for its key, which are mended in
   * different places. `offset` is where to point.
   */
  add(source: SourceFile, offset: number, path: FieldPath, message: string, part: Part = "value"): void {
    if (this.isFull(source) || !this.claim(source, path, part)) return;
    const count = (this.perFile.get(source.path) ?? 0) + 1;
    this.perFile.set(source.path, count);
    if (this.isFull(source)) {
      const more = `the file has more than ${MOST_PER_FILE} problems; mend those above first`;
      this.addFound(source, source.text.length, [], more, "error");
    } else {
      this.addFound(source, offset, path, message, "error");
    }
  }

  /** True when no more problems of a file are taken. */
  isFull(source: SourceFile): boolean {
    return (this.perFile.get(source.path) ?? 0) > MOST_PER_FILE;
  }

  /** Silences later problems about a field, because they would follow from one that is reported. */
  claim(source: SourceFile, path: FieldPath, part: Part = "value"): boolean {
    const key = JSON.stringify([part, source.path, ...path]);
    if (path.length > 0 && this.seen.has(key)) return false;
    this.seen.add(key);
    return true;
  }

  /** Reports what is wrong with a file or folder as a whole, or with its bytes. */
  addFile(
    file: string,
    message: string,
    at: { line: number; column: number } = { line: 1, column: 1 },
  ): void {
    this.problems.push({ file, ...at, field: "", message, severity: "error" });
  }

  /** Reports without regard to earlier problems: two rules may have something to say about one field. */
  addFound(
    source: SourceFile,
    offset: number,
    path: FieldPath,
    message: string,
    severity: Severity,
    clash?: Clash,
  ): void {
    const key = JSON.stringify([source.path, offset, message]);
    if (this.found.has(key)) return;
    this.found.add(key);
    this.problems.push({
      file: source.path,
      ...source.positionAt(offset),
      field: formatField(path),
      message,
      severity,
      ...(clash && { clash }),
    });
  }

  /**
   * Sorted by file, line and column, each once: what a rule finds in a value that a layer gives to a thousand customers
   * is one mistake.
   */
  all(): LocatedProblem[] {
    const different = new Map(this.problems.map((problem) => [JSON.stringify(problem), problem]));
    return [...different.values()].sort(
      (a, b) =>
        compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.field, b.field),
    );
  }
}

/** By code unit: the same order on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
