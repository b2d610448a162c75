import { printable, quoted } from "../../model/quoted";

describe("quoted", () => {
  it.each([
    "-----BEGIN OPENSSH PRIVATE KEY-----",
    "0123456789abcdef0123456789abcdef",
    "ghp_abcdefghij",
    "AKIAABCDEFGH",
    "123e4567-e89b-12d3-a456-426614174000",
    "eyJhbGciOi.x.y",
  ])("does not repeat %s", (secret) =>
    expect(quoted(`x ${secret} y`)).toBe(
      `a text of ${secret.length + 4} characters that may be a secret (not shown)`,
    ),
  );

  it("writes what is invisible as escapes", () =>
    expect(quoted("a\u202eb\u00a0c\u0007")).toBe('"a\\u202eb\\u00a0c\\u0007"'));

  it("does not cut a character in two", () =>
    expect(quoted("🎉".repeat(180))).toBe(`"${"🎉".repeat(100)}…"`));
});

describe("printable", () => {
  it("keeps letters of every script", () => expect(printable("größe 名前 🎉")).toBe("größe 名前 🎉"));
  it("escapes half of a character", () => expect(printable("\ud83d")).toBe("\\ud83d"));
});
