import { wrapped } from "./table";

/** Columns of a line behind the two of the item's mark. */
const WIDTH = 97;

/** A note as a list item of at most 100 characters a line. */
export const listItem = (note: string): string => `- ${wrapped(note, WIDTH).join("\n  ")}`;
