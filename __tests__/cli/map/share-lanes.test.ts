import { shareLanes } from "../../../cli/map/share-lanes";

describe("shareLanes", () => {
  it.each([
    [[], []],
    [
      [
        { from: 0, to: 2 },
        { from: 3, to: 5 },
      ],
      [0, 0],
    ],
    [
      [
        { from: 0, to: 3 },
        { from: 3, to: 5 },
      ],
      [1, 0],
    ],
    [
      [
        { from: 0, to: 9 },
        { from: 2, to: 3 },
        { from: 5, to: 6 },
      ],
      [1, 0, 0],
    ],
  ])("gives %j the lanes %j", (spans, lanes) => expect(shareLanes(spans)).toEqual(lanes));
});
