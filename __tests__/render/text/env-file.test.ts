import { renderEnvFile } from "../../../render/text/env-file";

describe("renderEnvFile", () => {
  it("renders sections with their reasons", () => {
    expect(
      renderEnvFile([
        { variables: { PORT: 6222 } },
        { why: "Near each other.", variables: { GROUPS: '["a","b"],["c"]', LIMIT: "512kb/s" } },
      ]),
    ).toMatchInlineSnapshot(`
      "PORT=6222

      # Near each other.
      GROUPS='["a","b"],["c"]'
      LIMIT=512kb/s
      "
    `);
  });

  it.each(["a b", "#x", "$HOME", '"x"', "*"])(
    "quotes %p, which compose would read as something else",
    (value) => {
      expect(renderEnvFile([{ variables: { X: value } }])).toBe(`X='${value}'\n`);
    },
  );

  it.each(["it's", "a\\b", "a\nB=1", "a\0"])("refuses %p", (value) => {
    expect(() => renderEnvFile([{ variables: { X: value } }])).toThrow(
      "X holds a quote, a backslash or a line break, which an env file of docker compose cannot hold safely; " +
        "refuse it in the model",
    );
  });

  it("refuses a variable that is set twice", () => {
    expect(() => renderEnvFile([{ variables: { X: 1 } }, { variables: { X: 2 } }])).toThrow(
      "X is set by two sections of one env file; keep one",
    );
  });
});
