import { renderTomlFile } from "../../../render/text/toml";

describe("renderTomlFile", () => {
  it("renders sections with their reasons, and the tables below them last", () => {
    expect(
      renderTomlFile([
        { header: "[agent]", settings: { interval: "10s", limit: 5, quiet: true } },
        {
          why: "A reason.",
          header: "[[inputs.http]]",
          settings: { urls: ['http://a/"b"', "c\\d"] },
          tables: { tags: { release: "1" }, tagpass: { customer: ["abc"] } },
        },
      ]),
    ).toMatchInlineSnapshot(`
      "[agent]
        interval = "10s"
        limit = 5
        quiet = true

      # A reason.
      [[inputs.http]]
        urls = ["http://a/\\"b\\"", "c\\\\d"]
        [inputs.http.tags]
          release = "1"
        [inputs.http.tagpass]
          customer = ["abc"]
      "
    `);
  });

  it("refuses what is no number", () => {
    expect(() => renderTomlFile([{ header: "[a]", settings: { b: NaN } }])).toThrow(
      "NaN is no number in TOML",
    );
  });
});
