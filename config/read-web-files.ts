import { printable } from "../model/quoted";
import type { AccountTree } from "./account-tree";
import { checkScript } from "./check-script";
import { decodeVisible } from "./decode-text";
import type { ProblemList } from "./problem-list";
import type { SourceFile } from "./source-file";
import type { FoundWebFile } from "./web-places";

/** `<account>/<customer>` -> path below the customer's `web` folder -> text, sorted by path. */
export type WebFiles = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Bytes that the files of one page may take in their machine's metadata. Google gives 262,144 to all files of a machine;
 * the rest of that is for ours.
 */
const MOST_BYTES = 196_608;

/** The object of the image's own script, which the customer's is appended to. */
const APPENDED_TO: Readonly<Record<string, string>> = {
  "config.js": "config",
  "interface_config.js": "interfaceConfig",
};

/** Reads the files of the customers' pages; what is wrong with one is reported. */
export function readWebFiles(
  tree: AccountTree,
  found: readonly FoundWebFile[],
  problems: ProblemList,
): WebFiles {
  const texts = new Map<string, Map<string, string>>();
  for (const file of found) {
    const text = readText(tree, file, problems);
    if (text === undefined) continue;
    const key = `${file.account}/${file.customer}`;
    const files = texts.get(key) ?? new Map<string, string>();
    texts.set(key, files.set(file.name, text));
  }
  for (const [key, files] of texts) checkSize(key, files, tree.name, problems);
  return new Map([...texts].map(([key, files]) => [key, sorted(files)]));
}

/** The text, ending in a newline: the image appends one script to another. */
function readText(
  tree: AccountTree,
  { path, name }: FoundWebFile,
  problems: ProblemList,
): string | undefined {
  const file = printable(`${tree.name}/${path}`);
  const bytes = tree.read(path);
  if (typeof bytes === "string") {
    problems.addFile(file, bytes);
    return undefined;
  }
  if (bytes.includes(0)) {
    const message =
      "a binary file; allowed: text in UTF-8, such as SVG, CSS and JSON; put it on a web server and name its address";
    problems.addFile(file, message);
    return undefined;
  }
  const source = decodeVisible(file, "customer", bytes, problems);
  if (!source) return undefined;
  const secret = source.text.indexOf("PRIVATE KEY-----");
  if (secret >= 0) {
    const message =
      "holds a private key (not shown), and everyone who opens the page could read it; allowed: what is public; " +
      "remove it, and replace the key: it is not private any more";
    problems.addFile(file, message, source.positionAt(secret));
    return undefined;
  }
  if (name.endsWith(".json") && !checkJson(source, problems)) return undefined;
  const object = APPENDED_TO[name];
  if (object !== undefined && !checkScript(source, object, problems)) return undefined;
  return source.text.endsWith("\n") ? source.text : `${source.text}\n`;
}

/** @returns false when a problem was reported */
function checkJson(source: SourceFile, problems: ProblemList): boolean {
  try {
    JSON.parse(source.text);
    return true;
  } catch (error) {
    const { message } = error as SyntaxError;
    const offset = Number(/position ([0-9]+)/.exec(message)?.[1] ?? 0);
    // Without V8's words, which differ between its versions.
    problems.addFile(source.path, "not JSON; allowed: JSON, as programs read it", source.positionAt(offset));
    return false;
  }
}

function checkSize(
  key: string,
  files: ReadonlyMap<string, string>,
  root: string,
  problems: ProblemList,
): void {
  const sizes = [...files].map(([name, text]) => ({ name, bytes: bytesInMetadata(text) }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= MOST_BYTES) return;
  const largest = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const [account, customer] = key.split("/");
  problems.addFile(
    `${root}/${account!}/customers/${customer!}/web`,
    `its files take ${total} bytes of the server's metadata, where quotes and <, >, & take more than one; allowed: at ` +
      `most ${MOST_BYTES}; the largest is ${largest.name} with ${largest.bytes}; put it on a web server and name its address`,
  );
}

/** As Terraform's jsonencode() writes it. */
const bytesInMetadata = (text: string): number =>
  Buffer.byteLength(JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, "\\u0000"));

const sorted = (files: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
