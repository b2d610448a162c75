import { collectFiles } from "../../../render/text/collect-files";

describe("collectFiles", () => {
  it("sorts by path", () => {
    expect([...collectFiles({ "/b": "2\n", "/a/c": "3\n", "/a": "1\n" }).keys()]).toEqual([
      "/a",
      "/a/c",
      "/b",
    ]);
  });

  it("refuses a relative path and a text without an end of line", () => {
    expect(() => collectFiles({ "a/b": "\n" })).toThrow("a/b: a file on a machine needs an absolute path");
    expect(() => collectFiles({ "/a": "x" })).toThrow("/a: the text of a file ends in a newline");
  });
});
