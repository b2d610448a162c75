import type { Readable } from "node:stream";

/** Where a command writes: results to `out`, problems and usage errors to `err`. Text ends with its line break. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** True when `out` is a screen, which others may read, and which shows colours. @default false */
  readonly outIsScreen?: boolean;
  /** True when `err` is a screen: it shows progress and colours. @default false */
  readonly errIsScreen?: boolean;
  /** Columns of the screen. @default 100 */
  readonly columns?: number;
  /** Where answers come from, a line each: a keyboard or a pipe. @default nobody can be asked */
  readonly input?: Readable & { readonly isTTY?: boolean };
}

/** Exit codes that all commands share. */
export const EXIT = {
  success: 0,
  /** The command ran and found something wrong. */
  problems: 1,
  /** The command was called wrongly and did nothing. */
  usage: 2,
  /** A fault of fleet itself, as sysexits.h counts it. */
  fault: 70,
  /** Ctrl-C, as shells count it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
