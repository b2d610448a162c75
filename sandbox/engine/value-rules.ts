import { asNumber, asText } from "../protocol/value";
import type { Value } from "../protocol/value";

/** What one attribute may hold, checked wherever its value is known. */
export interface ValueRule {
  /** Dotted, without positions. */
  readonly path: string;
  /** What is wrong with a value, in the provider's words; undefined when it is right. */
  readonly check: (value: Value, name: string) => string | undefined;
}

export const matches = (path: string, pattern: RegExp): ValueRule => ({
  path,
  check: (value, name) => {
    const text = asText(value);
    if (text === undefined || pattern.test(text)) return undefined;
    return `${JSON.stringify(name)} (${JSON.stringify(text)}) doesn't match regexp ${JSON.stringify(pattern.source)}`;
  },
});

export const lengthBetween = (path: string, least: number, most: number): ValueRule => ({
  path,
  check: (value, name) => {
    const text = asText(value);
    if (text === undefined || (text.length >= least && text.length <= most)) return undefined;
    return `expected length of ${name} to be in the range (${least} - ${most}), got ${text}`;
  },
});

export const between = (path: string, least: number, most: number): ValueRule => ({
  path,
  check: (value, name) => {
    const number = asNumber(value);
    if (number === undefined || (number >= least && number <= most)) return undefined;
    return `expected ${name} to be in the range (${least} - ${most}), got ${number}`;
  },
});

export const atLeast = (path: string, least: number): ValueRule => ({
  path,
  check: (value, name) => {
    const number = asNumber(value);
    if (number === undefined || number >= least) return undefined;
    return `expected ${name} to be at least (${least}), got ${number}`;
  },
});

export const oneOf = (path: string, allowed: readonly string[]): ValueRule => ({
  path,
  check: (value, name) => {
    const text = asText(value);
    if (text === undefined || allowed.includes(text)) return undefined;
    return `expected ${name} to be one of [${allowed.map((one) => JSON.stringify(one)).join(" ")}], got ${text}`;
  },
});

/** A value that takes no more than so many bytes; `what` names it in the message. */
export const bytesAtMost = (path: string, most: number, what: string): ValueRule => ({
  path,
  check: (value) => {
    const size = Buffer.byteLength(asText(value) ?? "");
    return size <= most ? undefined : `${what} must not exceed ${most} bytes, got ${size}`;
  },
});
