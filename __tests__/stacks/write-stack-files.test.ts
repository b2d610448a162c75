import { mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeStackFiles } from "../../stacks/write-stack-files";
import { filesBelow, temporaryDirectory } from "../builders/output";

const root = temporaryDirectory();
let directory: string;
beforeEach(() => {
  directory = join(root, expect.getState().currentTestName!.replaceAll(/\W+/g, "-"));
  mkdirSync(directory);
});

const write = (files: Record<string, string>) => writeStackFiles(directory, new Map(Object.entries(files)));

describe("writeStackFiles", () => {
  it("writes texts where they belong", () => {
    write({ "files/cloud-init.yaml": "a\n", "files/server/etc/web.env": "b\n" });
    expect(filesBelow(directory)).toEqual(
      new Map([
        ["files/cloud-init.yaml", "a\n"],
        ["files/server/etc/web.env", "b\n"],
      ]),
    );
  });

  it("does not touch what is right already", () => {
    write({ "files/a": "1\n", "files/b": "1\n" });
    const long = new Date("2001-01-01T00:00:00Z");
    for (const name of ["a", "b"]) utimesSync(join(directory, "files", name), long, long);
    write({ "files/a": "1\n", "files/b": "2\n" });
    const modified = (name: string) => statSync(join(directory, "files", name)).mtime;
    expect(modified("a")).toEqual(long);
    expect(modified("b")).not.toEqual(long);
    expect(readFileSync(join(directory, "files/b"), "utf8")).toBe("2\n");
  });

  it("removes what is no longer wanted, with its empty directories", () => {
    write({ "files/server/etc/web.env": "a\n", "files/x/y/z": "b\n" });
    symlinkSync("/nowhere", join(directory, "files/link"));
    write({ "files/server/etc/jvb.env": "c\n" });
    expect([...filesBelow(join(directory, "files")).keys()]).toEqual(["server/etc/jvb.env"]);
    write({});
    expect([...filesBelow(directory).keys()]).toEqual([]);
  });

  it("puts a file where a directory was, and a directory where a file was", () => {
    write({ "files/a": "1\n", "files/b/c": "1\n" });
    write({ "files/a/c": "2\n", "files/b": "2\n" });
    expect([...filesBelow(directory)]).toEqual([
      ["files/a/c", "2\n"],
      ["files/b", "2\n"],
    ]);
  });

  it("leaves Terraform's working files alone", () => {
    mkdirSync(join(directory, ".terraform"));
    for (const name of ["terraform.tfstate", "x_override.tf.json", ".terraform/x"]) {
      writeFileSync(join(directory, name), "{}");
    }
    write({ "files/a": "1\n" });
    expect([...filesBelow(directory).keys()]).toEqual([
      ".terraform/x",
      "files/a",
      "terraform.tfstate",
      "x_override.tf.json",
    ]);
  });
});
