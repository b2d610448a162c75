import { execFileSync } from "node:child_process";
import { type Box, overlap } from "../../../cli/map/box";
import { fleetMap } from "../../../cli/map/fleet-map";
import type { Picture } from "../../../cli/map/picture";
import { detailedPicture } from "../../../cli/map/picture";
import { summaryPicture } from "../../../cli/map/summary";
import { layOut } from "../../../cli/map/svg-layout";
import { svgMap } from "../../../cli/map/svg-map";
import { fleetOf, sharedByMany, TWO_ACCOUNTS } from "../../builders/fleet-of";

const two = fleetMap(fleetOf(TWO_ACCOUNTS));
const many = fleetMap(fleetOf({ ...TWO_ACCOUNTS, ...sharedByMany(40) }));
const PICTURES: readonly (readonly [string, Picture])[] = [
  ["one account", detailedPicture(fleetMap(fleetOf()))],
  ["two accounts with a common pool and the longest names", detailedPicture(two)],
  ["41 customers on the same pools", detailedPicture(many)],
  ["a summary", summaryPicture(many)],
  ["nothing at all", { frames: [], links: [], octos: [], isSummary: false }],
];

const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01;

describe.each(PICTURES)("layOut of %s", (_, picture) => {
  const layout = layOut(picture);
  const page = { x: 0, y: 0, width: layout.width, height: layout.height };

  it("lets no text meet another one", () => {
    const meeting = layout.texts.flatMap((a, index) =>
      layout.texts.slice(index + 1).flatMap((b) => (overlap(a, b) ? [[a.words, b.words]] : [])),
    );
    expect(meeting).toEqual([]);
  });

  it("keeps texts in their cards, and everything on the page", () => {
    for (const text of layout.texts) {
      const cards = layout.cards.filter((card) => overlap(text, card));
      expect({
        text: text.words,
        inside: cards.every((card) => inside(text, card)) && cards.length < 2,
      }).toEqual({
        text: text.words,
        inside: true,
      });
      expect(inside(text, page)).toBe(true);
    }
    for (const box of [...layout.frames, ...layout.lanes, ...layout.cards])
      expect(inside(box, page)).toBe(true);
  });

  it("keeps cards apart, each in one lane", () => {
    for (const [index, card] of layout.cards.entries()) {
      expect(layout.cards.slice(index + 1).filter((other) => overlap(card, other))).toEqual([]);
      expect(layout.lanes.filter((lane) => inside(card, lane))).toHaveLength(1);
    }
  });

  it("gives lines of Octo that pass one another different places", () => {
    const spans = layout.brackets.map(({ x, branches }) => ({
      x,
      y: branches[0]!.y,
      width: 1,
      height: branches.at(-1)!.y - branches[0]!.y,
    }));
    for (const [index, span] of spans.entries())
      expect(spans.slice(index + 1).filter((other) => overlap(span, other))).toEqual([]);
  });
});

describe("svgMap", () => {
  it.each(PICTURES)("is XML that a parser takes: %s", (_, picture) => {
    const root = execFileSync(
      "python3",
      [
        "-c",
        "import sys, xml.etree.ElementTree as tree; print(tree.fromstring(sys.stdin.buffer.read()).tag)",
      ],
      { input: svgMap(picture), encoding: "utf8" },
    );
    expect(root).toBe("{http://www.w3.org/2000/svg}svg\n");
  });

  it("gives the same bytes for the same data", () =>
    expect(svgMap(detailedPicture(fleetMap(fleetOf(TWO_ACCOUNTS))))).toBe(svgMap(detailedPicture(two))));

  it("escapes what is markup", () => {
    const picture: Picture = {
      frames: [{ account: '<a b="c"> & d', note: "", groups: [] }],
      links: [],
      octos: [],
      isSummary: false,
    };
    expect(svgMap(picture)).toContain("&#60;a b=&#34;c&#34;&#62; &#38; d");
  });

  it("keeps the whole of a text that it had to cut", () =>
    expect(svgMap(detailedPicture(two))).toMatch(
      /…<title>a-very-long-host-name-of-a-customer\.conferences\.globex\.example<\/title>/,
    ));

  it("is 900 pixels wide where a few lines of Octo are enough", () =>
    expect(layOut(detailedPicture(two)).width).toBe(900));

  it("draws a line for each customer of each pool, and a mark where a keeper runs", () => {
    const svg = svgMap(detailedPicture(two));
    // Curves: four pools and a server's bridge, us-static for two. Marks: two keepers, and the legend's.
    expect(svg.match(/<path d="M[^"]*C/g)).toHaveLength(6);
    expect(svg.match(/<circle [^>]*r="5"/g)).toHaveLength(3);
  });
});
