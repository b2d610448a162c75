/**
 * A part of a review, for Markdown and for a screen. Texts have two marks of Markdown, names in backticks and `**` around
 * what must catch the eye; the screen shows the one plain and the other in colour.
 */
export interface ReviewPart {
  readonly title: string;
  /** Sentences above the table. */
  readonly lead: readonly string[];
  /** First names, then figures. */
  readonly head: readonly string[];
  /** Columns that are names. */
  readonly names: number;
  /** None: no table. Each as long as the head. */
  readonly rows: readonly (readonly string[])[];
  /** Items below the table. */
  readonly notes: readonly string[];
}

/** A part that has its own section, or the one sentence that is enough; none where there is nothing to say. */
export type Said = ReviewPart | string | undefined;

/** Rows, or items, that a part shows; `--json` has them all. */
const MOST_SHOWN = 10;

/** The first of many, and how many more there are, in words. */
export function firstOf<Item>(
  items: readonly Item[],
  shown: number = MOST_SHOWN,
): { readonly first: readonly Item[]; readonly rest: readonly Item[] } {
  // One more is no longer than to say that there is one more.
  const end = items.length <= shown + 1 ? items.length : shown;
  return { first: items.slice(0, end), rest: items.slice(end) };
}

export const codeOf = (name: string): string => `\`${name}\``;

/** Free text of people on one line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
