import { readFileSync } from "node:fs";
import { MAP_PICTURE, mapPicture } from "../../scripts/map-picture";

describe("mapPicture", () => {
  it("is what docs/pictures/map.svg holds; else run npm run docs", () =>
    expect(readFileSync(MAP_PICTURE, "utf8") === mapPicture()).toBe(true));
});
