import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where Debian's package libfaketime puts it, for the machine's kind of processor. */
function library(): string | undefined {
  const lib = "/usr/lib";
  const found = existsSync(lib) ? readdirSync(lib) : [];
  return found.map((each) => join(lib, each, "faketime/libfaketimeMT.so.1")).find((path) => existsSync(path));
}

const LIBRARY = library();

/** `it`, or a visible skip where a program's clock cannot be set; in CI it can. */
export const itWithFaketime: jest.It = (() => {
  if (LIBRARY !== undefined) return it;
  if (process.env["CI"] === "true") throw new Error("libfaketime is missing: apt-get install libfaketime");
  process.stderr.write(
    "libfaketime is missing: the keeper's clock was not set (apt-get install libfaketime)\n",
  );
  return it.skip as jest.It;
})();

/** The wall clock of one program, which can be set while it runs. Its monotonic clock goes on. */
export class SetClock {
  private readonly directory = mkdtempSync(join(tmpdir(), "clock-"));
  private readonly file = join(this.directory, "offset");

  /** @param seconds ahead of the true time, from the start */
  constructor(seconds = 0) {
    this.set(seconds);
  }

  /** What the program needs in its environment. */
  get environment(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: LIBRARY!,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
  }

  /** @param seconds ahead of the true time; behind it when below zero */
  set(seconds: number): void {
    writeFileSync(this.file, `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}\n`);
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
