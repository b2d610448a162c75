import { cut } from "../cut";
import { wrapped } from "../table";
import type { Card, Link, Picture } from "./picture";

/** The picture without its lines, for as many cards as there are: what stands where, and behind a pool whom it serves. */
export function listedText({ frames, links }: Picture, width: number): readonly string[] {
  const cards = frames.flatMap(({ groups }) =>
    groups.flatMap(({ lanes }) =>
      lanes.flatMap(({ region, servers, pools }) => placed(region, servers, pools)),
    ),
  );
  const titles = new Map(cards.map(({ card, region }) => [card.key, serverTitle(card, region)]));
  const longest = Math.max(0, ...cards.map(({ card }) => card.title.length));
  return frames.flatMap(({ account, note, groups }, index) => [
    ...(index === 0 ? [] : [""]),
    cut(`── ${[account, ...(note === "" ? [] : [note])].join(" ─ ")} `.padEnd(width, "─"), width),
    ...groups.flatMap(({ name, lanes }) =>
      lanes.flatMap(({ region, servers, pools }) => [
        `${name} · ${region}`,
        ...servers.map((card) => line("▪", card, longest, width)),
        ...pools.flatMap((card) => [
          line("○", card, longest, width),
          ...served(
            links.filter(({ pool }) => pool === card.key),
            titles,
            longest,
            width,
          ),
        ]),
      ]),
    ),
  ]);
}

const placed = (region: string, servers: readonly Card[], pools: readonly Card[]) =>
  [...servers, ...pools].map((card) => ({ card, region }));

/** Of a summary's card the region says which it is. */
const serverTitle = ({ key, title }: Card, region: string): string =>
  key.startsWith("servers ") ? `${title} in ${region}` : title;

const line = (sign: string, { title, tag, lines }: Card, longest: number, width: number): string =>
  cut(
    `  ${sign} ${title.padEnd(longest)}  ${[...(tag === "" ? [] : [tag]), ...lines].join(" · ")}`.trimEnd(),
    width,
  );

/** Whom a pool serves, in as many lines as it takes. */
function served(
  links: readonly Link[],
  titles: ReadonlyMap<string, string>,
  longest: number,
  width: number,
): readonly string[] {
  if (links.length === 0) return [];
  const before = `${" ".repeat(longest + 6)}serves `;
  const names = links.map(({ server, count }) => `${titles.get(server)!}${count > 1 ? ` (${count})` : ""}`);
  return wrapped(names.join(", "), Math.max(20, width - before.length)).map(
    (line, index) => (index === 0 ? before : " ".repeat(before.length)) + line,
  );
}
