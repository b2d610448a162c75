import { changedValues, fits } from "../../review/changed-values";
import { aPlannedObject } from "../builders/planned-object";

const paths = (change: Parameters<typeof aPlannedObject>[0]): string[] =>
  changedValues(aPlannedObject(change)).map(
    ({ path, isUnknown, isHidden }) =>
      path.join(".") + (isUnknown ? " (unknown)" : "") + (isHidden ? " (hidden)" : ""),
  );

describe("changedValues", () => {
  it("goes as deep as both sides have the same shape", () => {
    expect(
      paths({
        before: { a: 1, list: [{ x: 1, y: 2 }], map: { k: "v", gone: "w" }, same: [1, { z: null }] },
        after: { a: 2, list: [{ x: 1, y: 3 }], map: { k: "v", come: "w" }, same: [1, {}] },
      }),
    ).toEqual(["a", "list.0.y", "map.gone", "map.come"]);
  });

  it("takes a list of another length as one value", () => {
    expect(paths({ before: { list: [1, 2] }, after: { list: [1] } })).toEqual(["list"]);
  });

  it("names what is known after the apply only", () => {
    const after = { id: "x", nested: [{}] };
    expect(
      paths({ before: { id: "x", nested: [{ link: "a" }] }, after, unknown: { nested: [{ link: true }] } }),
    ).toEqual(["nested.0.link (unknown)"]);
  });

  it("marks what must not be shown, as a whole", () => {
    const hidden = [{ secret: true }, {}];
    expect(paths({ before: { secret: { a: 1 } }, after: { secret: { a: 2 } }, hidden })).toEqual([
      "secret (hidden)",
    ]);
    expect(paths({ before: { secret: { a: 1 } }, after: { secret: { a: 1 } }, hidden })).toEqual([]);
  });
});

describe("fits", () => {
  it.each([
    ["metadata.fleet-files", ["metadata", "fleet-files"], true],
    ["metadata", ["metadata", "user-data"], true],
    ["metadata.fleet-files", ["metadata"], false],
    ["autoscaling_policy.*.max_replicas", ["autoscaling_policy", "0", "max_replicas"], true],
    ["autoscaling_policy.*.max_replicas", ["autoscaling_policy", "0", "min_replicas"], false],
    ["*", ["anything", "0"], true],
    ["label", ["labels"], false],
  ])("%s and %p: %p", (pattern, path, does) => {
    expect(fits(pattern, path)).toBe(does);
  });
});
