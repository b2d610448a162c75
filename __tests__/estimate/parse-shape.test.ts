import { SHAPES } from "../../estimate/meeting-shape";
import { parseShape } from "../../estimate/parse-shape";

describe("parseShape", () => {
  it.each(SHAPES.map(({ name }) => name))("knows %s", (name) => {
    expect(parseShape(name)).toMatchObject({ name });
  });

  it("takes numbers", () => {
    expect(parseShape("people=12,cameras=5,large=360")).toMatchObject({ people: 12, cameras: 5, large: 360 });
    expect(parseShape("cameras=5,people=12")).toMatchObject({ people: 12, cameras: 5, large: 720 });
  });

  it.each([
    ["webinars", "is no shape"],
    ["people=12", "is no shape"],
    ["people=12,cameras=x", "is no shape"],
    ["people=12,cameras=1,colour=2", "is no shape"],
    ["people=2,cameras=2", "3 to 1000"],
    ["people=5,cameras=6", "0 to 5"],
    ["people=5,cameras=5,large=240", "720, 360, 180"],
  ])("refuses %s", (text, words) => expect(parseShape(text)).toContain(words));
});
