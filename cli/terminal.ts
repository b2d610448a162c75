/** Where a command writes: results to `out`, problems and usage errors to `err`. Text ends with its line break. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** True when `out` is a screen, which others may read. @default false */
  readonly outIsScreen?: boolean;
}

/** Exit codes that all commands share. */
export const EXIT = {
  success: 0,
  /** The command ran and found something wrong. */
  problems: 1,
  /** The command was called wrongly and did nothing. */
  usage: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
