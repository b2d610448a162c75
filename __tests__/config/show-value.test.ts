import { namesSecret, showNode } from "../../config/show-value";
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

  it("shortens long values", () => expect(shown("word ".repeat(30).trim())).toBe(`"${"word ".repeat(20)}…"`));

  it.each(["sshKeys", "apiKey", "dbPassword", "token"])("never repeats the value of %s", (key) =>
    expect(shown("[hunter2]", key)).toBe("the value (not shown)"),
  );

  it("shows a number that only sounds secret", () => expect(shown("0", "secretsVersion")).toBe("0"));
});

describe("namesSecret", () => {
  it.each(["token", "linodeToken", "password", "privateKey", "api_key", "clientSecret"])("knows %s", (key) =>
    expect(namesSecret(key)).toBe(true),
  );
  it.each(["secretsVersion", "size", "managedZone"])("does not suspect %s", (key) =>
    expect(namesSecret(key)).toBe(false),
  );
});
