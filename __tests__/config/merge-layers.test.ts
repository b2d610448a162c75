import { mergeLayers } from "../../config/merge-layers";
import { nodeAt, plainOf } from "../../config/yaml-node";
import { yamlMap } from "../builders/yaml-map";

/** Plain data that merging texts gives, the lowest layer first. */
const merged = (...layers: readonly string[]): unknown =>
  JSON.parse(JSON.stringify(plainOf(mergeLayers(layers.map((text) => yamlMap(text))))));

describe("mergeLayers", () => {
  const SCALAR = "a: low";
  const LIST = "a: [low]";
  const MAP = "a: { low: 1, both: 1 }";
  const HIGH_SCALAR = "a: high";
  const HIGH_LIST = "a: [high]";
  const HIGH_MAP = "a: { high: 2, both: 2 }";
  const HIGH_EMPTY = "a: {}";
  const ABSENT = "b: 1";

  it.each([
    // lower     higher       result of a
    [SCALAR, ABSENT, "low"],
    [LIST, ABSENT, ["low"]],
    [MAP, ABSENT, { low: 1, both: 1 }],
    [SCALAR, HIGH_SCALAR, "high"],
    [SCALAR, HIGH_LIST, ["high"]],
    [SCALAR, HIGH_MAP, { high: 2, both: 2 }],
    [SCALAR, HIGH_EMPTY, {}],
    [LIST, HIGH_SCALAR, "high"],
    [LIST, HIGH_LIST, ["high"]],
    [LIST, HIGH_MAP, { high: 2, both: 2 }],
    [LIST, HIGH_EMPTY, {}],
    [MAP, HIGH_SCALAR, "high"],
    [MAP, HIGH_LIST, ["high"]],
    [MAP, HIGH_MAP, { low: 1, both: 2, high: 2 }],
    [MAP, HIGH_EMPTY, { low: 1, both: 1 }],
    [ABSENT, HIGH_MAP, { high: 2, both: 2 }],
  ])("%s under %s", (lower, higher, expected) =>
    expect(merged(lower, higher)).toMatchObject({ a: expected }),
  );

  it("merges maps in maps, and the highest of several layers wins", () =>
    expect(
      merged("a: { b: { x: 1, y: 1, z: 1 } }", "a: { b: { y: 2, z: 2 } }", "a: { b: { z: 3 } }"),
    ).toEqual({
      a: { b: { x: 1, y: 2, z: 3 } },
    }));

  it("does not merge lists by position", () => expect(merged("a: [1, 2, 3]", "a: [4]")).toEqual({ a: [4] }));

  it("changes no layer", () => {
    const lower = yamlMap(MAP);
    const higher = yamlMap(HIGH_MAP);
    mergeLayers([lower, higher]);
    expect([plainOf(lower), plainOf(higher)]).toEqual([plainOf(yamlMap(MAP)), plainOf(yamlMap(HIGH_MAP))]);
  });

  it("keeps where each value is written, and places a map where its highest layer writes it", () => {
    const result = mergeLayers([
      yamlMap("a: { low: 1, both: 1 }", "accounts/defaults.yaml"),
      yamlMap("x: 1\na: { both: 2 }", "accounts/acme/account.yaml"),
    ]);
    const places = [["a"], ["a", "low"], ["a", "both"]].map((path) => {
      const node = nodeAt(result, path)!;
      return `${node.source.path}:${node.source.positionAt(node.offset).line}`;
    });
    expect(places).toEqual([
      "accounts/acme/account.yaml:2",
      "accounts/defaults.yaml:1",
      "accounts/acme/account.yaml:2",
    ]);
  });

  it("takes keys that Object has for what they are", () =>
    expect(merged("constructor: { name: a }\ntoString: b", "constructor: { x: c }")).toEqual({
      constructor: { name: "a", x: "c" },
      toString: "b",
    }));
});
