import { namesSecret, printable, showNode, showText } from "../../config/show-value";
import { nodeAt } from "../../config/yaml-node";
import { yamlMap } from "../builders/yaml-map";

const shown = (text: string, key = "a"): string => showNode(nodeAt(yamlMap(`${key}: ${text}`), [key])!);

describe("showNode", () => {
  it.each([
    ["1.10", "1.10"],
    ['"1.10"', '"1.10"'],
    ["europe west", '"europe west"'],
    ["[a, 1, true]", '["a", 1, true]'],
    ["[a, b, c, d, e]", '["a", "b", "c", "d", …]'],
    ["{ a: 1 }", "a map"],
    ["~", "an empty value"],
  ])("shows %s as %s", (text, expected) => expect(shown(text)).toBe(expected));

  it("shortens long values", () =>
    expect(shown("word ".repeat(30).trim())).toBe(`"${"word ".repeat(12).slice(0, 59)}…"`));

  it.each(["sshKeys", "apiKey", "dbPassword", "token"])("never repeats the value of %s", (key) =>
    expect(shown("[hunter2]", key)).toBe("the value (not shown)"),
  );

  it("shows a number that only sounds secret", () => expect(shown("0", "secretsVersion")).toBe("0"));
});

describe("showText", () => {
  it.each([
    "-----BEGIN OPENSSH PRIVATE KEY-----",
    "0123456789abcdef0123456789abcdef",
    "ghp_abcdefghij",
    "AKIAABCDEFGH",
    "123e4567-e89b-12d3-a456-426614174000",
    "eyJhbGciOi.x.y",
  ])("does not repeat %s", (secret) =>
    expect(showText(`x ${secret} y`)).toBe(
      `a text of ${secret.length + 4} characters that may be a secret (not shown)`,
    ),
  );

  it("writes what is invisible as escapes", () =>
    expect(showText("a\u202eb\u00a0c\u0007")).toBe('"a\\u202eb\\u00a0c\\u0007"'));

  it("does not cut a character in two", () =>
    expect(showText("🎉".repeat(80))).toBe(`"${"🎉".repeat(59)}…"`));
});

describe("printable", () => {
  it("keeps letters of every script", () => expect(printable("größe 名前 🎉")).toBe("größe 名前 🎉"));
  it("escapes half of a character", () => expect(printable("\ud83d")).toBe("\\ud83d"));
});

describe("namesSecret", () => {
  it.each(["token", "linodeToken", "password", "privateKey", "api_key", "clientSecret"])("knows %s", (key) =>
    expect(namesSecret(key)).toBe(true),
  );
  it.each(["secretsVersion", "size", "managedZone"])("does not suspect %s", (key) =>
    expect(namesSecret(key)).toBe(false),
  );
});
