import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gunzipSync, inflateRawSync } from "node:zlib";

/** What is looked into within what is looked into: a plan file holds a state, which holds user data, which is packed. */
const DEEPEST = 4;

/**
 * Files below a directory that hold a text: as it is, in base64, or packed with gzip (also in base64, as user data) or
 * zip (as a plan file), the one within the other.
 *
 * @returns paths below the directory, sorted
 */
export const findLeaks = (directory: string, text: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => holds(readFileSync(path), text))
    .map((path) => relative(directory, path))
    .sort();

/** True when the bytes hold the text in one of these forms. */
export function holds(bytes: Buffer, text: string, depth = 0): boolean {
  if ([text, ...inBase64(text)].some((form) => bytes.includes(form))) return true;
  return depth < DEEPEST && packedIn(bytes).some((inner) => holds(inner, text, depth + 1));
}

/** What the text looks like within base64, at each of the three places where it can begin; without its torn ends. */
function inBase64(text: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.from(" ".repeat(before) + text).toString("base64");
    const inner = encoded.slice(before === 0 ? 0 : 4).slice(0, -4);
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

function packedIn(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = bytes.indexOf(GZIP); at >= 0; at = bytes.indexOf(GZIP, at + 1))
    unpack(() => gunzipSync(bytes.subarray(at)), found);
  for (let at = bytes.indexOf(ZIP_ENTRY); at >= 0; at = bytes.indexOf(ZIP_ENTRY, at + 1)) {
    // https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7: 30 bytes, then name and extra field.
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    if (bytes.readUInt16LE(at + 8) === DEFLATED) unpack(() => inflateRawSync(bytes.subarray(start)), found);
  }
  // gzip in base64 begins so.
  for (const [packed] of bytes.toString("latin1").matchAll(/H4sI[A-Za-z0-9+/]{16,}={0,2}/g))
    unpack(() => gunzipSync(Buffer.from(packed, "base64")), found);
  return found;
}

const GZIP = Buffer.from([0x1f, 0x8b, 8]);
const ZIP_ENTRY = Buffer.from([0x50, 0x4b, 3, 4]);
const DEFLATED = 8;

/** Bytes that only look packed are none. */
function unpack(attempt: () => Buffer, found: Buffer[]): void {
  try {
    found.push(attempt());
  } catch {
    // not packed after all
  }
}
