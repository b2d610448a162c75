const LONGEST = 100;

/** A value as messages show it: in double quotes, control characters escaped, cut after 100 characters. */
export const quoted = (value: string): string =>
  JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
