import { FromEnvironment, renderHoconFile, toHocon } from "../../../render/text/hocon";

describe("toHocon", () => {
  it("writes a lone setting as a path and several as a block", () => {
    expect(
      toHocon({
        videobridge: { cc: { "jvb-last-n": 25 }, loudest: { "route-loudest-only": true } },
        ice4j: { harvest: { udp: { "receive-buffer-size": 10485760 } } },
      }),
    ).toMatchInlineSnapshot(`
      "videobridge {
        cc.jvb-last-n = 25
        loudest.route-loudest-only = true
      }
      ice4j.harvest.udp.receive-buffer-size = 10485760
      "
    `);
  });

  it.each([
    ["a string", "45 seconds", '"45 seconds"'],
    ["what looks like a substitution", "${HOME}", '"${HOME}"'],
    ["quotes, backslashes and line breaks", 'a"b\\c\nd', '"a\\"b\\\\c\\nd"'],
    ["a comment sign", "a // b # c", '"a // b # c"'],
    ["a number", 0.005, "0.005"],
    ["a list", ["ens4", "ens5"], '["ens4", "ens5"]'],
    ["objects in a list", [{ local: "10.0.0.2", "a.b": {} }], '[{local = "10.0.0.2", "a.b" = {}}]'],
    ["an empty object", {}, "{}"],
    ["a value of the environment", new FromEnvironment("JVB_AUTH_PASSWORD_XYZ"), "${JVB_AUTH_PASSWORD_XYZ}"],
  ])("writes %s", (_, value, text) => expect(toHocon({ x: value })).toBe(`x = ${text}\n`));

  it.each([
    ["a.b", '"a.b"'],
    ["", '""'],
    ["a b", '"a b"'],
    ["1e5", '"1e5"'],
    ["-", '"-"'],
    ["include", '"include"'],
  ])("quotes the key %p", (key, text) => expect(toHocon({ [key]: 1 })).toBe(`${text} = 1\n`));

  it.each([NaN, Infinity])("refuses %p", (value) => {
    expect(() => toHocon({ x: value })).toThrow(`${value} is no number in HOCON`);
  });
});

describe("FromEnvironment", () => {
  it("refuses what is no name of a variable", () => {
    expect(() => new FromEnvironment("a} b")).toThrow(
      '"a} b" is no name of an environment variable; use capital letters, digits and underscores',
    );
  });
});

describe("renderHoconFile", () => {
  it("puts the reason above its settings", () => {
    expect(
      renderHoconFile([{ why: "Because.", settings: { a: 1 } }, { settings: { b: { c: 2, d: 3 } } }]),
    ).toBe("# Because.\na = 1\n\nb {\n  c = 2\n  d = 3\n}\n");
  });
});
