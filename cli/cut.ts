/** A text of at most so many characters; one that is longer ends in an ellipsis. */
export const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
