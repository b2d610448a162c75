import { beforeAndAfter } from "../../../cli/review/before-and-after";

describe("beforeAndAfter", () => {
  it("pairs what has one name, in the order of after, then what is gone", () => {
    const before = [
      { id: "gone", size: 1 },
      { id: "abc", size: 2 },
    ];
    const after = [
      { id: "xyz", size: 3 },
      { id: "abc", size: 4 },
    ];
    const pairs = beforeAndAfter(before, after, ({ id }) => id);
    expect(pairs).toEqual([
      { name: "xyz", change: "added", before: undefined, after: after[0], last: after[0] },
      { name: "abc", change: "changed", before: before[1], after: after[1], last: after[1] },
      { name: "gone", change: "removed", before: before[0], after: undefined, last: before[0] },
    ]);
  });
});
