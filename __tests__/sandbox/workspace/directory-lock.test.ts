import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockDirectory } from "../../../sandbox/workspace/directory-lock";

const root = mkdtempSync(join(tmpdir(), "directory-lock-"));
afterAll(() => rmSync(root, { recursive: true }));

describe("lockDirectory", () => {
  it("makes the directory, lets one in, and the next one after it", () => {
    const directory = join(root, "made");
    const unlock = lockDirectory(directory);
    expect(() => lockDirectory(directory)).toThrow(`Process ${process.pid} is rehearsing in ${directory}`);
    unlock();
    lockDirectory(directory)();
    expect(existsSync(join(directory, "lock"))).toBe(false);
  });

  it("takes over from a process that is gone", () => {
    // Above the highest number that Linux gives to a process.
    writeFileSync(join(root, "lock"), "4194305\n");
    expect(lockDirectory(root)).not.toThrow();
  });

  it("says what to do when the directory is a file", () => {
    const path = join(root, "file");
    writeFileSync(path, "");
    expect(() => lockDirectory(path)).toThrow(
      new RegExp(
        `^${path} must be a directory that you can write into \\(.*\\): move away what is there\\.$`,
      ),
    );
  });
});
