/** A place in a text file: line and column from 1, the column in characters (not bytes, not UTF-16 units). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What a file describes, by its place in the tree. */
export type DocumentKind = "defaults" | "account" | "customer" | "pool";

/** The text of one file; turns offsets into lines and columns when a message needs them. */
export class SourceFile {
  private lineStarts: readonly number[] | undefined;

  /**
   * @param path as shown in messages
   * @param text without a byte order mark
   */
  constructor(
    readonly path: string,
    readonly kind: DocumentKind,
    readonly text: string,
  ) {}

  /** Position of a UTF-16 offset; an offset behind the text gives its last visible character. */
  positionAt(offset: number): Position {
    const starts = (this.lineStarts ??= lineStartsOf(this.text));
    const inside = Math.max(0, Math.min(offset, this.text.trimEnd().length - 1));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: [...this.text.slice(starts[low]!, inside)].length + 1 };
  }
}

/** YAML breaks lines at LF, CR LF and CR. */
function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (const lineBreak of text.matchAll(/\r\n|\n|\r/g)) starts.push(lineBreak.index + lineBreak[0].length);
  return starts;
}
