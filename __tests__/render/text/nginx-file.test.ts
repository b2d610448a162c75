import { nginxQuoted, renderNginxFile } from "../../../render/text/nginx-file";

describe("renderNginxFile", () => {
  it("writes sections with their reasons", () => {
    expect(renderNginxFile([{ lines: ["a;", "b;"] }, { why: "Because.", lines: ["c;"] }])).toBe(
      "a;\nb;\n\n# Because.\nc;\n",
    );
  });
});

describe("nginxQuoted", () => {
  it("quotes what means nothing to nginx", () => expect(nginxQuoted("a b;{}#'")).toBe(`"a b;{}#'"`));

  it.each(['a"', "a\\", "a$b", "a\nb", "a\0"])("throws for %j", (value) => {
    expect(() => nginxQuoted(value)).toThrow("refuse it in the model");
  });
});
