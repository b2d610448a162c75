import { drawSimulation, type PicturedRun } from "../../../simulate/picture/draw-simulation";
import { aSimulatedWeek } from "../../builders/simulated-week";

const draw = (overrides: Partial<PicturedRun> = {}): Promise<string> =>
  drawSimulation({
    run: aSimulatedWeek("keeper"),
    plain: aSimulatedWeek("plain"),
    pool: "acme/eu-burst",
    startsAt: 0,
    targetStress: 0.5,
    ...overrides,
  });

/** Words of the picture, from top to bottom. */
const wordsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, words]) => words!);
/** Filled shapes of the drawing in a colour, signs of the legend aside. */
const shapes = (svg: string, colour: string): number =>
  [...svg.matchAll(/<(?:path|polygon) [^>]*>/g)].filter(([shape]) => shape.includes(`fill="${colour}"`))
    .length;

describe("drawSimulation", () => {
  it("says what it shows, with units, days and where it is from", async () => {
    const words = wordsOf(await draw());
    expect(words).toEqual(
      expect.arrayContaining([
        "acme/eu-burst · office-week · keeper",
        "Seed 1: 14,000 people joined, 0 interrupted, 30 moved, 0 refused, 150 minutes of overload, 478 bridge-hours",
        "Plain autoscaler: 360 interrupted, 0 refused, 150 minutes of overload, 457 bridge-hours",
        "People in calls",
        "Bridges",
        "People interrupted or moved, each hour",
        "interrupted by the plain autoscaler",
        "Mon",
        "Sun",
        "12:00",
        "A simulation (docs/scaling.md), not a measurement.",
      ]),
    );
  });

  it("is the same every time", async () => expect(await draw()).toBe(await draw()));

  it("has a bar for each hour in which the plain autoscaler interrupted people", async () => {
    expect(shapes(await draw(), "#d6343f")).toBe(10); // 17:00 and 18:00, on five days
    expect(shapes(await draw({ plain: undefined }), "#d6343f")).toBe(0);
  });

  it("has one area for each time of overload, however many steps it lasts", async () => {
    expect(shapes(await draw(), "#f6c9cc")).toBe(5); // half past eight, on five days, two steps each
  });

  it("says nothing of the plain autoscaler where it did not run", async () => {
    const words = wordsOf(await draw({ plain: undefined })).join("\n");
    expect(words).not.toContain("plain");
  });

  it("is well-formed: no name of a pool breaks it", async () => {
    expect(await draw({ pool: "a<b&c" })).toContain("a&#60;b&#38;c · office-week");
  });

  it("names the time of a bar when it is not an hour", async () => {
    const day = aSimulatedWeek("keeper", { seconds: 86_400 });
    expect(wordsOf(await draw({ run: day, plain: undefined }))).toContain(
      "People interrupted or moved, each 10 minutes",
    );
  });
});
