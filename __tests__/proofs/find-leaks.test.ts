import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import { findLeaks, holds } from "../../proofs/find-leaks";

const CANARY = "CanaryOfTheFleet";
const AROUND = `password=${CANARY}7xyz\n`;

/** One file in a zip, as Go writes it: sizes follow the data. */
const zipped = (content: Buffer): Buffer => {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(8, 6);
  header.writeUInt16LE(8, 8);
  header.writeUInt16LE("tfplan".length, 26);
  return Buffer.concat([header, Buffer.from("tfplan"), deflateRawSync(content), Buffer.alloc(16)]);
};

describe("holds", () => {
  it.each<[string, (text: string) => Buffer]>([
    ["as it is", (text) => Buffer.from(text)],
    ["in base64", (text) => Buffer.from(Buffer.from(text).toString("base64"))],
    ["in base64, one byte later", (text) => Buffer.from(Buffer.from(`1${text}`).toString("base64"))],
    ["in base64, two bytes later", (text) => Buffer.from(Buffer.from(`12${text}`).toString("base64"))],
    ["in base64 of URLs", (text) => Buffer.from(Buffer.from(text).toString("base64url"))],
    ["packed with gzip, behind other bytes", (text) => Buffer.concat([Buffer.from("x"), gzipSync(text)])],
    ["as user data", (text) => Buffer.from(JSON.stringify({ user_data: gzipSync(text).toString("base64") }))],
    ["in a plan file", (text) => zipped(Buffer.from(text))],
    [
      "as user data in a plan file",
      (text) => zipped(Buffer.from(JSON.stringify({ u: gzipSync(text).toString("base64") }))),
    ],
  ])("finds a text %s, and only there", (_, form) => {
    expect(holds(form(AROUND), CANARY)).toBe(true);
    expect(holds(form(AROUND.replace(CANARY, "somethingElse")), CANARY)).toBe(false);
  });
});

describe("findLeaks", () => {
  it("names the files", () => {
    const directory = mkdtempSync(join(tmpdir(), "find-leaks-"));
    try {
      mkdirSync(join(directory, "state/old"), { recursive: true });
      writeFileSync(join(directory, "state/old/a.backup"), AROUND);
      writeFileSync(join(directory, "state/b.tfstate"), "{}");
      writeFileSync(join(directory, "plan"), gzipSync(AROUND));
      expect(findLeaks(directory, CANARY)).toEqual(["plan", "state/old/a.backup"]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
