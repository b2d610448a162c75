/** What the keeper has to remember between two decisions. It is stored before anything is done, so a crash loses nothing. */
export interface Memory {
  /** By name of the machine. */
  readonly drains: Readonly<Record<string, Drain>>;
  /** Since when there have been too many bridges without a break. */
  readonly surplusSince?: number;
}

export interface Drain {
  /** When it began; the deadline counts from here. */
  readonly since: number;
  /** `scale-in`: too many. `renewal`: made from an old template. `order`: people wanted it; the machine stays. */
  readonly why: "scale-in" | "renewal" | "order";
  /** Since when bridge and Jicofo have both counted nobody. */
  readonly emptySince?: number;
  /** When Jicofo was last asked to move everybody. */
  readonly movedAt?: number;
  /** When the bridge was told to leave; from here on nothing is taken back. */
  readonly shutdownAt?: number;
}

export const EMPTY_MEMORY: Memory = { drains: {} };
