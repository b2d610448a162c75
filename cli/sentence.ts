/** A message as a sentence: problems have no full stop at their end, and some end with a question. */
export const sentence = (message: string): string => (/[.?!]$/.test(message) ? message : `${message}.`);
