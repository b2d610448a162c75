/** Numbers from 0 up to, and without, 1. */
export type Random = () => number;

/** The same numbers for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Part of a private key that mutations paste in; no message may repeat it. */
export const PASTED_SECRET = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ";

/** What people and programs put where it does not belong. */
const TOKENS = [
  "1", "0", "-1", "08", "1.10", "1e3", "1e999", "0x1f", "0o17", "-0", ".inf", "-.INF", ".nan", "9".repeat(40),
  "true", "False", "on", "no", "null", "~", '""', "''", '"', "'", "@home", "`x`", "%x",
  "&a", "*a", "!!str", "!!binary", "!<tag:x>", "<<", "? ", "- ", ": ", ":", ",", "[", "]", "{", "}", "|", ">-", "|2",
  "---", "...", "%YAML 1.1\n---", "#", " #", "\t", "\n", "\r", "\r\n", "\u0085", "\u2028", "\ufeff", "\u202e", "🎉", "ß",
  "__proto__", "constructor", "toString", "hasOwnProperty", "length", "cloud", "gcp", "linode", "azure", "abc", "xyz",
  "europe-west4", "nl-ams", "stable-11146-2", "customers", "overrides", "defaults", "labels", "size", "hostname",
  "machineType", "n2-standard-4", "10.20.0.0/20", "0.0.0.0/0", "[abc, abc]", "{ min: 1, max: 2 }", "{}", "[]", "[[]]",
  "a".repeat(300), "a".repeat(5000), "[".repeat(50), "- ".repeat(50), '"\\u0000"', '"\\ud800"', '"\\UFFFFFFFF"', '"\\x"',
  `-----BEGIN OPENSSH PRIVATE KEY-----\n${PASTED_SECRET}\n-----END OPENSSH PRIVATE KEY-----`,
  `"${PASTED_SECRET}"`,
] as const; // prettier-ignore

const BYTES = [
  0x00, 0x07, 0x09, 0x0a, 0x0d, 0x1b, 0x20, 0x22, 0x27, 0x2d, 0x3a, 0x5b, 0x7f, 0x80, 0xc0, 0xe2, 0xef, 0xf0,
  0xff,
];

/** One file of a tree changed in one to three ways: bytes, tokens or lines. Deterministic for the same `random`. */
export function mutateFiles(
  files: ReadonlyMap<string, Uint8Array>,
  random: Random,
): { readonly files: ReadonlyMap<string, Uint8Array>; readonly path: string } {
  const paths = [...files.keys()];
  const path = pick(paths, random);
  let content = files.get(path)!;
  for (let left = 1 + below(3, random); left > 0; left--) {
    const other = Buffer.from(files.get(pick(paths, random))!).toString("utf8");
    content = pick([mutateBytes, mutateTokens, mutateTokens, mutateLines, mutateLines], random)(
      content,
      random,
      other,
    );
  }
  const renamed =
    random() < 0.02 ? path.replace(/[^/]+$/, pick(["A b.yaml", "x.yml", "abc", "a\nb.yaml"], random)) : path;
  const changed = new Map(files);
  if (random() < 0.02) changed.delete(pick(paths, random));
  if (renamed !== path) changed.delete(path);
  return { files: changed.set(renamed, content), path: renamed };
}

const below = (limit: number, random: Random): number => Math.floor(random() * limit);
const pick = <T>(list: readonly T[], random: Random): T => list[below(list.length, random)]!;

function mutateBytes(content: Uint8Array, random: Random): Uint8Array {
  const at = below(content.length + 1, random);
  const end = Math.min(content.length, at + 1 + below(8, random));
  const before = content.subarray(0, at);
  const middle = content.subarray(at, end);
  const after = content.subarray(end);
  switch (below(6, random)) {
    case 0:
      return Buffer.concat([before, after]);
    case 1:
      return Buffer.concat([before, middle, middle, after]);
    case 2:
      return Buffer.concat([before, Buffer.from([pick(BYTES, random)]), middle, after]);
    case 3:
      return Buffer.concat([before, middle.map((byte) => byte ^ (1 << below(8, random))), after]);
    case 4:
      return before;
    default:
      return Buffer.concat([before, Buffer.from(middle).reverse(), after]);
  }
}

function mutateTokens(content: Uint8Array, random: Random): Uint8Array {
  const tokens = Buffer.from(content)
    .toString("utf8")
    .split(/([\s,:[\]{}"]+)/);
  const at = below(tokens.length, random);
  switch (below(5, random)) {
    case 0:
      tokens[at] = pick(TOKENS, random);
      break;
    case 1:
      tokens.splice(at, 0, pick(TOKENS, random));
      break;
    case 2:
      tokens.splice(at, 1);
      break;
    case 3: {
      const other = below(tokens.length, random);
      [tokens[at], tokens[other]] = [tokens[other]!, tokens[at]!];
      break;
    }
    default:
      tokens[at] = [...tokens[at]!]
        .map((letter) => (random() < 0.3 ? pick([..."aeZ-_.9"], random) : letter))
        .join("");
  }
  return Buffer.from(tokens.join(""));
}

function mutateLines(content: Uint8Array, random: Random, otherText: string): Uint8Array {
  const lines = Buffer.from(content).toString("utf8").split("\n");
  const others = otherText.split("\n");
  const at = below(lines.length, random);
  const indent = " ".repeat(below(6, random));
  switch (below(7, random)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines.splice(at, 0, lines[at]!);
      break;
    case 2:
      lines[at] = indent + lines[at]!.trimStart();
      break;
    case 3:
      lines.splice(at, 0, ...others.slice(below(others.length, random)).map((line) => indent + line));
      break;
    case 4:
      lines.splice(at, 1 + below(4, random));
      break;
    case 5:
      lines[at] = `${lines[at]!} ${pick(TOKENS, random)}`;
      break;
    default:
      return Buffer.from(others.join("\n"));
  }
  return Buffer.from(lines.join(pick(["\n", "\n", "\n", "\r\n"], random)));
}
