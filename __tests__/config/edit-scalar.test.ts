import { editScalar } from "../../config/edit-scalar";

const edited = (text: string) => editScalar(text, ["secretsVersion"], 8);

describe("editScalar, a number", () => {
  it.each([
    ["in a block", "a: 1\nsecretsVersion: 7\nb: 2\n", "a: 1\nsecretsVersion: 8\nb: 2\n"],
    [
      "with a comment and odd spaces",
      "secretsVersion:   7   # why  \n\n\n",
      "secretsVersion:   8   # why  \n\n\n",
    ],
    ["on the line below its key", "secretsVersion:\n  7\n", "secretsVersion:\n  8\n"],
    ["within braces", "{a: 1, secretsVersion: 7}\n", "{a: 1, secretsVersion: 8}\n"],
    ["under a quoted key", '"secretsVersion": 7', '"secretsVersion": 8'],
    ["written in another base", "secretsVersion: 0x7\n", "secretsVersion: 8\n"],
    ["with more digits", "secretsVersion: 9999 # many\n", "secretsVersion: 8 # many\n"],
    ["with Windows line breaks", "a: 1\r\nsecretsVersion: 7\r\n", "a: 1\r\nsecretsVersion: 8\r\n"],
    ["behind a byte order mark", "\ufeffsecretsVersion: 7\n", "\ufeffsecretsVersion: 8\n"],
    [
      "and not the same words elsewhere",
      "# secretsVersion: 7\nlabels: { secretsVersion: 7 } # secretsVersion: 7\nsecretsVersion: 7\n",
      "# secretsVersion: 7\nlabels: { secretsVersion: 7 } # secretsVersion: 7\nsecretsVersion: 8\n",
    ],
  ])("changes the number %s, and nothing else", (_, text, expected) => expect(edited(text)).toBe(expected));

  it.each([
    ["as the last line", "# é\na: 1 # b\n", "# é\na: 1 # b\nsecretsVersion: 8\n"],
    ["after a last line without its break", "a: 1", "a: 1\nsecretsVersion: 8\n"],
    ["with the file's line breaks", "a: 1\r\nb: 2\r\n", "a: 1\r\nb: 2\r\nsecretsVersion: 8\r\n"],
    ["with the indentation of the others", "  a: 1\n  b: 2\n", "  a: 1\n  b: 2\n  secretsVersion: 8\n"],
    ["after a map", "a:\n  b: 1\n", "a:\n  b: 1\nsecretsVersion: 8\n"],
    ["after a text of many lines", "a: |\n  b\n", "a: |\n  b\nsecretsVersion: 8\n"],
    ["within braces", "{ a: 1 }\n", "{ secretsVersion: 8, a: 1 }\n"],
  ])("adds it %s", (_, text, expected) => expect(edited(text)).toBe(expected));

  it.each([
    ["a text in quotes", 'secretsVersion: "7"\n'],
    ["a map", "secretsVersion: { a: 1 }\n"],
    ["a list file", "- a\n"],
    ["broken YAML", "a: [\n"],
    ["an end marker, behind which nothing may stand", "a: 1\n...\n"],
  ])("leaves %s to a person", (_, text) => expect(edited(text)).toBeUndefined());
});

describe("editScalar, a text", () => {
  const renamed = (text: string, value = "beta") => editScalar(text, ["a", "b"], value);

  it.each([
    ["plain", "a:\n  b: acme # why\n", "a:\n  b: beta # why\n"],
    ["in double quotes", 'a: { b: "acme", c: 1 }\n', 'a: { b: "beta", c: 1 }\n'],
    ["in single quotes", "a: { b: 'acme' }\n", "a: { b: 'beta' }\n"],
  ])("changes it where it is %s", (_, text, expected) => expect(renamed(text)).toBe(expected));

  it("changes an item of a list", () =>
    expect(editScalar("serves: [abc, xyz] # two\n", ["serves", 1], "beta-xyz")).toBe(
      "serves: [abc, beta-xyz] # two\n",
    ));

  it.each(["08", "on: off", "true", "a # b", "x, y"])(
    "quotes %j, which would be read as something else",
    (value) => expect(renamed("a: { b: acme }\n", value)).toBe(`a: { b: ${JSON.stringify(value)} }\n`),
  );

  it.each([
    ["a text with escapes", 'a: { b: "\\x61cme" }\n'],
    ["a text of many lines", "a:\n  b: |\n    acme\n"],
    ["a place that is not there", "a: { c: 1 }\n"],
  ])("leaves %s to a person", (_, text) => expect(renamed(text)).toBeUndefined());
});
