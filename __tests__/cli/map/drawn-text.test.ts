import fc from "fast-check";
import { drawnText } from "../../../cli/map/drawn-text";
import type { Card, Picture } from "../../../cli/map/picture";

type Way = "up" | "right" | "down" | "left";

/** Where a line goes on that comes from a side; a crossing is passed straight on. */
const ARMS: Readonly<Record<string, readonly Way[]>> = {
  "─": ["left", "right"],
  "│": ["up", "down"],
  "╭": ["down", "right"],
  "╮": ["down", "left"],
  "╰": ["up", "right"],
  "╯": ["up", "left"],
  "├": ["up", "down", "right"],
  "┤": ["up", "down", "left"],
  "┬": ["left", "right", "down"],
  "┴": ["left", "right", "up"],
  "●": ["up", "right", "down", "left"],
};
const STEP: Readonly<Record<Way, readonly [number, number]>> = {
  up: [0, -1],
  right: [1, 0],
  down: [0, 1],
  left: [-1, 0],
};
const BACK: Readonly<Record<Way, Way>> = { up: "down", right: "left", down: "up", left: "right" };

/** Follows the line that leaves a server's card, as a reader would, to the rows at which it enters pools. */
function endsOf(lines: readonly string[], startX: number, startY: number, poolsX: number): readonly number[] {
  const at = (x: number, y: number) => lines[y]?.[x] ?? " ";
  const rows: number[] = [];
  const seen = new Set<string>();
  const go = (x: number, y: number, way: Way): void => {
    const key = `${x} ${y} ${way}`;
    if (seen.has(key)) return;
    seen.add(key);
    const [dx, dy] = STEP[way];
    const [nextX, nextY] = [x + dx, y + dy];
    if (nextX === poolsX) {
      rows.push(nextY);
      return;
    }
    const next = at(nextX, nextY);
    if (next === "┼") {
      go(nextX, nextY, way);
      return;
    }
    const arms = ARMS[next] ?? [];
    if (!arms.includes(BACK[way])) return;
    for (const arm of arms) if (arm !== BACK[way]) go(nextX, nextY, arm);
  };
  go(startX, startY, "right");
  return rows;
}

const card = (side: Card["side"], key: string): Card => ({
  key,
  side,
  cloud: "gcp",
  title: key,
  tag: "",
  lines: ["-", "-"],
});

/** Servers and pools in some lanes of two accounts; each pool serves some of the servers. */
const pictures = fc
  .record({
    lanes: fc.array(fc.record({ servers: fc.nat(3), pools: fc.nat(2), isSecond: fc.boolean() }), {
      minLength: 1,
      maxLength: 4,
    }),
    serves: fc.array(fc.array(fc.nat(11), { maxLength: 6 }), { minLength: 8, maxLength: 8 }),
  })
  .map(({ lanes, serves }): Picture => {
    let [servers, pools] = [0, 0];
    const drawn = lanes.map((lane, index) => ({
      isSecond: lane.isSecond,
      region: `region-${index}`,
      servers: Array.from({ length: lane.servers }, () => card("servers", `s${servers++}`)),
      pools: Array.from({ length: lane.pools }, () => card("pools", `p${pools++}`)),
    }));
    const frames = [false, true].map((isSecond) => ({
      account: isSecond ? "globex" : "acme",
      note: "",
      groups: [{ name: "Europe", lanes: drawn.filter((lane) => lane.isSecond === isSecond) }],
    }));
    const links = Array.from({ length: pools }, (_, pool) =>
      [...new Set(serves[pool])]
        .filter((server) => server < servers)
        .map((server) => ({ server: `s${server}`, pool: `p${pool}`, home: "none" as const, count: 1 })),
    ).flat();
    return { frames, links, octos: [], isSummary: false };
  });

describe("drawnText", () => {
  it("draws lines that lead a reader from each server to its pools, and to no others", () => {
    let followed = 0;
    fc.assert(
      fc.property(pictures, (picture) => {
        const lines = drawnText(picture, 100);
        if (!lines) return;
        expect(lines.every((line) => line.length <= 100)).toBe(true);
        const rowOf = (key: string) =>
          lines.findIndex((line) => new RegExp(`[│├┤] ${key} +[│├┤]`).test(line));
        const poolsX = Math.max(0, ...lines.map((line) => line.search(/[│┤] p\d+ /)));
        for (const server of new Set(picture.links.map((link) => link.server))) {
          const top = rowOf(server);
          const edge =
            lines[top]!.indexOf(server) + lines[top]!.slice(lines[top]!.indexOf(server)).search(/[│├]/);
          const starts = [top, top + 1, top + 2].filter((row) => lines[row]![edge] === "├");
          expect(starts).toHaveLength(1);
          const reached = endsOf(lines, edge, starts[0]!, poolsX).map((row) => {
            let title = row;
            while (!/[│┤] p\d+ /.test(lines[title]!.slice(poolsX))) title -= 1;
            return /p\d+/.exec(lines[title]!.slice(poolsX))![0];
          });
          const serving = picture.links.filter((link) => link.server === server).map(({ pool }) => pool);
          expect([...reached].sort()).toEqual([...serving].sort());
          followed += 1;
        }
      }),
      { seed: 7, numRuns: 300 },
    );
    expect(followed).toBeGreaterThan(300);
  });

  it("draws nothing on a screen that is too narrow, or of more cards than one can follow", () => {
    const lane = {
      region: "region",
      servers: Array.from({ length: 25 }, (_, index) => card("servers", `s${index}`)),
      pools: [],
    };
    const picture: Picture = {
      frames: [{ account: "acme", note: "", groups: [{ name: "Europe", lanes: [lane] }] }],
      links: [],
      octos: [],
      isSummary: false,
    };
    expect(drawnText(picture, 100)).toBeUndefined();
    const few = { ...lane, servers: lane.servers.slice(0, 2) };
    const small = {
      ...picture,
      frames: [{ ...picture.frames[0]!, groups: [{ name: "Europe", lanes: [few] }] }],
    };
    expect(drawnText(small, 100)).toHaveLength(13);
    expect(drawnText(small, 79)).toBeUndefined();
  });
});
