import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installOnce } from "../../scripts/install-once";

describe("installOnce", () => {
  let cache: string;
  let home: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "install-once-"));
    home = join(cache, "1.0.0");
  });
  afterEach(() => rmSync(cache, { recursive: true }));

  const fillWith = (text: string) => (directory: string) => writeFileSync(join(directory, "program"), text);

  it("fills a directory beside, moves it to its place, and does it once", () => {
    const path = installOnce(home, "program", (beside) => {
      expect(existsSync(home)).toBe(false);
      fillWith("first")(beside);
    });
    expect(path).toBe(join(home, "program"));
    expect(installOnce(home, "program", fillWith("second"))).toBe(path);
    expect(readFileSync(path, "utf8")).toBe("first");
    expect(readdirSync(cache)).toEqual(["1.0.0"]);
  });

  it("makes the folders above, and takes an empty place", () => {
    const deep = join(cache, "tool/1.0.0");
    mkdirSync(deep, { recursive: true });
    expect(readFileSync(installOnce(deep, "program", fillWith("first")), "utf8")).toBe("first");
  });

  it("leaves what another run has put there meanwhile: somebody may be running it", () => {
    const path = installOnce(home, "program", (beside) => {
      mkdirSync(home);
      fillWith("theirs")(home);
      fillWith("mine")(beside);
    });
    expect(readFileSync(path, "utf8")).toBe("theirs");
    expect(readdirSync(cache)).toEqual(["1.0.0"]);
  });

  it("leaves nothing when it cannot be filled, so that the next run begins anew", () => {
    const fail = (beside: string): never => {
      fillWith("half")(beside);
      throw new Error("no network");
    };
    expect(() => installOnce(home, "program", fail)).toThrow("no network");
    expect(() => installOnce(home, "program", () => undefined)).toThrow("program was not made");
    expect(readdirSync(cache)).toEqual([]);
  });

  it("says what to do about a place that has something else", () => {
    mkdirSync(home);
    writeFileSync(join(home, "other"), "");
    expect(() => installOnce(home, "program", fillWith("first"))).toThrow(
      `${home} is there and not whole: take it away, and run this again`,
    );
    expect(readdirSync(cache)).toEqual(["1.0.0"]);
  });

  it("takes away what a killed run has left, and nothing of one that runs", () => {
    const { pid: dead } = spawnSync("true");
    const left = `0.9.0.new-${dead}`;
    const running = `0.9.0.new-${process.ppid}`;
    for (const name of [left, running]) mkdirSync(join(cache, name, "bin"), { recursive: true });
    installOnce(home, "program", fillWith("first"));
    expect(readdirSync(cache)).toEqual([running, "1.0.0"]);
  });
});
