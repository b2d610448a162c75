import { renderJson } from "../../../providers/linode/render-json";

describe("renderJson", () => {
  it("sorts keys, keeps short values on a line and gives long ones a line per entry", () => {
    const attribute = { type: ["list", "string"], optional: true };
    const value = {
      z: [],
      b: { ipv6: attribute, ipv4: attribute, id: attribute },
      a: { label: "x".repeat(110), size: 1 },
    };
    expect(renderJson(value)).toBe(
      [
        "{",
        ' "a": {',
        `  "label": "${"x".repeat(110)}",`,
        '  "size": 1',
        " },",
        ' "b": {',
        '  "id": {"optional":true,"type":["list","string"]},',
        '  "ipv4": {"optional":true,"type":["list","string"]},',
        '  "ipv6": {"optional":true,"type":["list","string"]}',
        " },",
        ' "z": []',
        "}",
        "",
      ].join("\n"),
    );
  });

  it.each([109, 110])("fills a line with its comma up to 110 characters, no further (%d)", (width) => {
    const entry = (name: string): object => ({ [name]: "y".repeat(width - ' {"a":""},'.length) });
    const [, first] = renderJson([entry("a"), entry("b")]).split("\n");
    expect(first).toBe(` ${JSON.stringify(entry("a"))},`);
    expect(first).toHaveLength(width);
  });

  it("breaks a line that a comma would make too long", () => {
    const entry = { a: "y".repeat(111 - ' {"a":""},'.length) };
    expect(renderJson([entry, entry]).split("\n")[1]).toBe(" {");
  });

  it("keeps the value", () => {
    const value = { list: [1, "two", null, { three: [true, { deep: "x".repeat(200) }] }], empty: {} };
    expect(JSON.parse(renderJson(value))).toEqual(value);
  });
});
