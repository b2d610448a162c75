import type { ProblemList } from "./problem-list";
import { type DocumentKind, SourceFile } from "./source-file";

/**
 * Control characters, and those that change the look of a line but not its meaning (direction marks, a byte order mark
 * in the middle, Unicode line separators): what a reviewer sees must be what is read.
 */
const INVISIBLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/u;

const STRICT = new TextDecoder("utf-8", { fatal: true });
const LENIENT = new TextDecoder("utf-8");

/** A tab before the first character of a line; comments and blank lines may begin with one. */
const TAB_INDENT = /^ *(\t)[\t ]*[^\s#]/m;

/** Bytes of YAML to text, or a problem: what `decodeVisible` refuses, and indentation by tabs. */
export function decodeText(
  path: string,
  kind: DocumentKind,
  bytes: Uint8Array,
  problems: ProblemList,
): SourceFile | undefined {
  const source = decodeVisible(path, kind, bytes, problems);
  const tab = source && TAB_INDENT.exec(source.text);
  if (!tab) return source;
  const message = "the line is indented with a tab; allowed: spaces; replace the tabs of this file";
  problems.addFile(path, message, source.positionAt(tab.index + tab[0].indexOf("\t")));
  return undefined;
}

/** Bytes to text, or a problem: strict UTF-8 (a byte order mark is dropped), no invisible characters. */
export function decodeVisible(
  path: string,
  kind: DocumentKind,
  bytes: Uint8Array,
  problems: ProblemList,
): SourceFile | undefined {
  let text: string;
  try {
    text = STRICT.decode(bytes);
  } catch {
    const [message, offset] = notUtf8(bytes);
    const before = LENIENT.decode(bytes.subarray(0, offset));
    // A stand-in for the bad byte, so that a position behind the last good character is still inside.
    problems.addFile(path, message, new SourceFile(path, kind, `${before}?`).positionAt(before.length));
    return undefined;
  }
  const source = new SourceFile(path, kind, text);
  const invisible = INVISIBLE.exec(text);
  if (invisible) {
    const code = invisible[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    const message = `the character U+${code} cannot be seen in an editor; allowed: visible characters; delete it`;
    problems.addFile(path, message, source.positionAt(invisible.index));
    return undefined;
  }
  return source;
}

/** The message for bytes that are not UTF-8, and the offset of the first that is not. */
function notUtf8(bytes: Uint8Array): [message: string, offset: number] {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return ["the file is UTF-16; allowed: UTF-8; save it as UTF-8", 0];
  }
  // The longest prefix that decodes: a truncated sequence at its end is tolerated by `stream`.
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decodes(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  while (low > 0 && !decodes(bytes.subarray(0, low), false)) low--;
  const bad = `0x${(bytes[low] ?? 0).toString(16).padStart(2, "0")}`;
  return [
    `the byte ${bad} is not UTF-8; allowed: UTF-8; save the file as UTF-8 and look at this character`,
    low,
  ];
}

function decodes(bytes: Uint8Array, stream = true): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
