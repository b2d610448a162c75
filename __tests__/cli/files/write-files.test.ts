import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "../../../cli/files/write-files";
import { temporaryDirectory } from "../../builders/output";

describe("writeFiles", () => {
  const root = temporaryDirectory();
  let [folder, trial] = ["", 0];
  beforeEach(() => {
    folder = join(root, String((trial += 1)));
    mkdirSync(folder);
  });

  it("makes folders and files, and leaves nothing beside them", () => {
    writeFiles(
      new Map([
        [join(folder, "a/b/c.yaml"), "one\n"],
        [join(folder, "d.yaml"), "two\n"],
      ]),
    );
    expect(readFileSync(join(folder, "a/b/c.yaml"), "utf8")).toBe("one\n");
    expect(readdirSync(folder)).toEqual(["a", "d.yaml"]);
    expect(readdirSync(join(folder, "a/b"))).toEqual(["c.yaml"]);
  });

  it("moves files: the old ones go when the new ones are there", () => {
    const [old, renamed] = [join(folder, "old.yaml"), join(folder, "new.yaml")];
    writeFileSync(old, "one\n");
    writeFiles(new Map([[renamed, readFileSync(old)]]), [old]);
    expect(readdirSync(folder)).toEqual(["new.yaml"]);
    expect(readFileSync(renamed, "utf8")).toBe("one\n");
  });

  it("removes nothing when a new file cannot be prepared", () => {
    const old = join(folder, "old.yaml");
    writeFileSync(old, "one\n");
    expect(() => writeFiles(new Map([[join(old, "below.yaml"), "two\n"]]), [old])).toThrow();
    expect(readFileSync(old, "utf8")).toBe("one\n");
  });

  it("keeps the permissions of a file that is there", () => {
    const path = join(folder, "a.yaml");
    writeFileSync(path, "old\n");
    chmodSync(path, 0o600);
    writeFiles(new Map([[path, "new\n"]]));
    expect(readFileSync(path, "utf8")).toBe("new\n");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("writes none of them when one cannot be prepared", () => {
    writeFileSync(join(folder, "a.yaml"), "old\n");
    writeFileSync(join(folder, "file"), "");
    const files = new Map([
      [join(folder, "a.yaml"), "new\n"],
      [join(folder, "file/below.yaml"), "impossible\n"],
    ]);
    expect(() => writeFiles(files)).toThrow(/ENOTDIR|EEXIST/);
    expect(readFileSync(join(folder, "a.yaml"), "utf8")).toBe("old\n");
    expect(readdirSync(folder)).toEqual(["a.yaml", "file"]);
  });

  it("says what the file system says when a folder stands in a file's place, and leaves nothing beside it", () => {
    mkdirSync(join(folder, "a.yaml"));
    const write = () => writeFiles(new Map([[join(folder, "a.yaml"), "new\n"]]));
    expect(write).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder)).toEqual(["a.yaml"]);
    expect(write).toThrow(expect.objectContaining({ path: join(folder, "a.yaml") }));
    expect(write).not.toThrow(/\.new'/);
  });
});
