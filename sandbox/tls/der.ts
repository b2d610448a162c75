/** Writes and reads DER, the encoding of keys and certificates (ITU-T X.690), as far as X.509 needs it. */
const TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** UTCTime has two digits for the year: it ends here. */
const LAST_YEAR_OF_UTC_TIME = 2049;

/** One element with its tag and length. */
export function element(tag: number, content: Buffer): Buffer {
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.from(content.length.toString(16).replace(/^(.(..)*)$/, "0$1"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => element(TAGS.sequence, Buffer.concat(parts));

/** In DER, the elements of a set are in order. */
export const set = (...parts: readonly Buffer[]): Buffer =>
  element(TAGS.set, Buffer.concat([...parts].sort((a, b) => Buffer.compare(a, b))));

/** A number that is not negative, from its bytes. */
export function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const shortest = first === -1 ? Buffer.from([0]) : bytes.subarray(first);
  return element(TAGS.integer, shortest[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : shortest);
}

export const boolean = (value: boolean): Buffer => element(TAGS.boolean, Buffer.from([value ? 0xff : 0]));

export const octetString = (content: Buffer): Buffer => element(TAGS.octetString, content);

/** @param unusedBits at the end of the last byte */
export const bitString = (content: Buffer, unusedBits = 0): Buffer =>
  element(TAGS.bitString, Buffer.concat([Buffer.from([unusedBits]), content]));

export const utf8String = (text: string): Buffer => element(TAGS.utf8String, Buffer.from(text, "utf8"));

/** Tagged `[number]`, around whole elements. */
export const explicit = (number: number, ...parts: readonly Buffer[]): Buffer =>
  element(0xa0 | number, Buffer.concat(parts));

/** Tagged `[number]`, in the place of the element's own tag. */
export const implicit = (number: number, content: Buffer): Buffer => element(0x80 | number, content);

/** `2.5.29.15` and the like. */
export function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split(".").map(Number) as [number, number, ...number[]];
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) digits.unshift(0x80 | (left & 0x7f));
    return digits;
  });
  return element(TAGS.oid, Buffer.from(bytes));
}

export function time(milliseconds: number): Buffer {
  const date = new Date(milliseconds);
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replace(/[-:T]/g, "");
  const isShort = date.getUTCFullYear() <= LAST_YEAR_OF_UTC_TIME;
  return element(
    isShort ? TAGS.utcTime : TAGS.generalizedTime,
    Buffer.from(isShort ? digits.slice(2) : digits),
  );
}

/** An element as it was read. */
export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
  /** With tag and length. */
  readonly whole: Buffer;
}

/** The elements that follow each other in a buffer. @throws RangeError when one is cut off */
export function readElements(buffer: Buffer): DerElement[] {
  const elements: DerElement[] = [];
  for (let start = 0; start < buffer.length;) {
    const short = buffer.readUInt8(start + 1);
    const lengthBytes = short < 0x80 ? 0 : short & 0x7f;
    const length = lengthBytes === 0 ? short : buffer.readUIntBE(start + 2, lengthBytes);
    const [from, to] = [start + 2 + lengthBytes, start + 2 + lengthBytes + length];
    if (to > buffer.length) throw new RangeError("the document is cut off");
    elements.push({
      tag: buffer[start]!,
      content: buffer.subarray(from, to),
      whole: buffer.subarray(start, to),
    });
    start = to;
  }
  return elements;
}

export const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString("base64").replace(/(.{64})(?=.)/g, "$1\n")}\n-----END ${label}-----\n`;

/** @throws RangeError when the text is not PEM */
export function fromPem(text: string): Buffer {
  const body = /-----BEGIN [^-]+-----([^-]+)-----END/.exec(text)?.[1];
  if (body === undefined) throw new RangeError("the text is not PEM");
  return Buffer.from(body, "base64");
}
