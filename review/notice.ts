/** What callers notice of a change, from the least to the most. */
export const NOTICES = [
  "none",
  "new calls only",
  "drains bridges",
  "moves calls",
  "interrupts calls",
  "destroys data",
] as const;

export type Notice = (typeof NOTICES)[number];

/** What each class means, in a sentence. */
export const MEANING: Readonly<Record<Notice, string>> = {
  none: "no caller notices anything",
  "new calls only":
    "calls that run go on; who joins may find another pool, or wait some seconds for the page",
  "drains bridges": "bridges take no new calls until theirs have ended or the deadline has come",
  "moves calls": "callers are invited anew: some seconds of black video",
  "interrupts calls": "calls end, or cannot be joined for a while",
  "destroys data": "something is gone for good",
};

const rank = (notice: Notice): number => NOTICES.indexOf(notice);

/** True when `notice` is more than `allowed`. */
export const isAbove = (notice: Notice, allowed: Notice): boolean => rank(notice) > rank(allowed);

/** The highest of several; `none` of none. */
export const highest = (notices: Iterable<Notice>): Notice =>
  [...notices].reduce((most, each) => (isAbove(each, most) ? each : most), "none" as Notice);

/** A class as people write it on a command line: `moves calls`, `moves-calls`; undefined for any other word. */
export const parseNotice = (text: string): Notice | undefined =>
  NOTICES.find((notice) => notice === text.trim().toLowerCase().replaceAll("-", " "));
