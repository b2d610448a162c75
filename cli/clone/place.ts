/** A place as it is on disk while nothing is written: what edits before it move does not count. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly field: string;
}
