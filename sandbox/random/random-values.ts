import { randomBytes, randomInt } from "node:crypto";
import { Refusal } from "../protocol/diagnostic";
import { asNumber, asText, asTexts } from "../protocol/value";
import type { Values } from "../protocol/value";

const CLASSES = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
} as const;

/** bcrypt's own alphabet and the length of a hash after its header. */
const BCRYPT_ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BCRYPT_LENGTH = 53;

const ADJECTIVES = ["able", "bright", "calm", "daring", "eager", "fair", "gentle", "happy"];
const NAMES = ["badger", "crane", "dove", "falcon", "heron", "lynx", "otter", "wren"];

/** A text of random characters as random_password and random_string make it. @throws Refusal when nothing fits */
export function randomText(settings: Values): string {
  const length = asNumber(settings["length"]) ?? 0;
  const classes = (Object.keys(CLASSES) as (keyof typeof CLASSES)[]).map((name) => {
    const own = name === "special" ? asText(settings["override_special"]) : undefined;
    return {
      characters: settings[name] === false ? "" : (own ?? CLASSES[name]),
      least: asNumber(settings[`min_${name}`]) ?? 0,
      from: own ?? CLASSES[name],
    };
  });
  const all = classes.map(({ characters }) => characters).join("");
  const least = classes.reduce((sum, { least: count }) => sum + count, 0);
  if (length < 1 || length < least) {
    throw new Refusal(
      `length must be at least 1 and at least the sum of min_upper, min_lower, min_numeric and min_special (${least}), got ${length}`,
      ["length"],
    );
  }
  if (all === "") throw new Refusal("at least one of upper, lower, numeric and special must be true");
  const required = classes.flatMap(({ from, least: count }) =>
    Array.from({ length: count }, () => pick(from)),
  );
  const rest = Array.from({ length: length - required.length }, () => pick(all));
  return shuffled([...required, ...rest]).join("");
}

/** The shape of a bcrypt hash. No program checks passwords against it, so it is not computed. */
export const bcryptShape = (): string =>
  `$2a$10$${Array.from({ length: BCRYPT_LENGTH }, () => pick(BCRYPT_ALPHABET)).join("")}`;

/** The results of a new resource: what its computed attributes become. */
export const RESULTS: Readonly<Record<string, (settings: Values) => Values>> = {
  random_password: (settings) => ({ id: "none", result: randomText(settings), bcrypt_hash: bcryptShape() }),
  random_string(settings) {
    const result = randomText(settings);
    return { id: result, result };
  },
  random_bytes(settings) {
    const bytes = randomBytes(asNumber(settings["length"]) ?? 0);
    return { base64: bytes.toString("base64"), hex: bytes.toString("hex") };
  },
  random_id(settings) {
    const bytes = randomBytes(asNumber(settings["byte_length"]) ?? 0);
    const prefix = asText(settings["prefix"]) ?? "";
    return {
      id: bytes.toString("base64url"),
      b64_std: prefix + bytes.toString("base64"),
      b64_url: prefix + bytes.toString("base64url"),
      dec: prefix + BigInt(`0x${bytes.toString("hex") || "0"}`).toString(),
      hex: prefix + bytes.toString("hex"),
    };
  },
  random_integer(settings) {
    const [least, most] = [asNumber(settings["min"]) ?? 0, asNumber(settings["max"]) ?? 0];
    if (most < least) throw new Refusal(`min (${least}) must not exceed max (${most})`, ["min"]);
    const result = randomInt(least, most + 1);
    return { id: String(result), result };
  },
  random_pet(settings) {
    const words = Array.from({ length: Math.max(0, (asNumber(settings["length"]) ?? 2) - 1) }, () =>
      pick(ADJECTIVES),
    );
    const prefix = asText(settings["prefix"]);
    const parts = [...(prefix === undefined ? [] : [prefix]), ...words, pick(NAMES)];
    return { id: parts.join(asText(settings["separator"]) ?? "-") };
  },
  random_shuffle(settings) {
    const input = asTexts(settings["input"]);
    const count = asNumber(settings["result_count"]) ?? input.length;
    const result: string[] = [];
    while (input.length > 0 && result.length < count)
      result.push(...shuffled(input).slice(0, count - result.length));
    return { id: "-", result };
  },
  random_uuid() {
    const bytes = randomBytes(16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const result = bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    return { id: result, result };
  },
};

const pick = <T>(from: ArrayLike<T>): T => from[randomInt(from.length)]!;

function shuffled<T>(elements: readonly T[]): T[] {
  const copy = [...elements];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [copy[last], copy[other]] = [copy[other]!, copy[last]!];
  }
  return copy;
}
