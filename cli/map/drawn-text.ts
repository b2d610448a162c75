import { cut } from "../cut";
import type { Card, Frame, Octo, Picture } from "./picture";
import { shareLanes } from "./share-lanes";
import { StrokeCanvas } from "./stroke-canvas";

/** Cards that are drawn with lines between them at most; more are listed. */
const MOST_CARDS = 24;
const SERVERS_X = 2;
/** Columns of the picture at least. */
const NARROWEST = 80;

interface PlacedCard {
  readonly card: Card;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A picture of characters: servers left, pools right, a line with dots for each server, double lines for Octo. Undefined
 * when it would not fit or nobody could follow its lines.
 */
export function drawnText(picture: Picture, width: number): readonly string[] | undefined {
  const cards = picture.frames.flatMap(({ groups }) =>
    groups.flatMap(({ lanes }) => lanes.flatMap(({ servers, pools }) => [...servers, ...pools])),
  );
  if (width < NARROWEST || cards.length > MOST_CARDS) return undefined;
  const octoLanes = Math.max(0, ...shareLanes(spansOf(picture.octos, cards)).map((lane) => lane + 1));
  const right = width - 1 - (octoLanes === 0 ? 0 : 1 + 2 * octoLanes);
  const cardWidth = Math.floor(right * 0.37);
  const channel = { from: SERVERS_X + cardWidth, to: right - 2 - cardWidth };

  const sheet = new TextSheet(width, right, cardWidth, picture);
  for (const frame of picture.frames) sheet.addFrame(frame);
  return sheet.addLinks(channel) ? sheet.finish() : undefined;
}

/** How far each mesh reaches, in cards. */
const spansOf = (octos: readonly Octo[], cards: readonly Card[]) =>
  octos.map(({ pools }) => {
    const places = pools.map((key) => cards.findIndex((card) => card.key === key));
    return { from: Math.min(...places), to: Math.max(...places) };
  });

/** The line of a server: its row there, and where it ends. */
interface Trunk {
  readonly server: string;
  readonly row: number;
  readonly ends: readonly { readonly x: number; readonly y: number }[];
}

/** From its highest row to its lowest. */
const spanOf = ({ row, ends }: Omit<Trunk, "server">) => ({
  from: Math.min(row, ...ends.map(({ y }) => y)),
  to: Math.max(row, ...ends.map(({ y }) => y)),
});

class TextSheet {
  private readonly canvas: StrokeCanvas;
  private readonly cards = new Map<string, PlacedCard>();
  private y = 0;

  constructor(
    width: number,
    private readonly right: number,
    private readonly cardWidth: number,
    private readonly picture: Picture,
  ) {
    this.canvas = new StrokeCanvas(width);
  }

  addFrame({ account, note, groups }: Frame): void {
    const top = this.y;
    this.y += 1;
    for (const { name, lanes } of groups)
      for (const { region, servers, pools } of lanes) {
        const title = `${name} · ${region}`;
        this.canvas.text(servers.length === 0 ? this.right - 2 - this.cardWidth : SERVERS_X, this.y, title);
        this.y += 1;
        const bottoms = [
          this.addCards(servers, SERVERS_X),
          this.addCards(pools, this.right - 2 - this.cardWidth),
        ];
        this.y = Math.max(...bottoms);
      }
    this.canvas.box(0, top, this.right, this.y - top + 1, "frame");
    const title = [account, ...(note === "" ? [] : [note])].join(" ─ ");
    this.canvas.text(2, top, ` ${cut(title, this.right - 8)} `);
    this.y += 2;
  }

  private addCards(cards: readonly Card[], x: number): number {
    let y = this.y;
    for (const card of cards) {
      const links = this.picture.links.filter(({ pool }) => pool === card.key).length;
      const meshes = this.picture.octos.filter(({ pools }) => pools.includes(card.key)).length;
      const height = Math.max(3, links, meshes) + 2;
      this.cards.set(card.key, { card, x, y, width: this.cardWidth, height });
      this.canvas.box(x, y, this.cardWidth, height, `card ${card.key}`);
      const inner = this.cardWidth - 4;
      const room = inner - (card.tag === "" ? 0 : card.tag.length + 1);
      this.canvas.text(x + 2, y + 1, cut(card.title, room).padEnd(inner - card.tag.length) + card.tag);
      for (const [index, line] of card.lines.entries())
        this.canvas.text(x + 2, y + 2 + index, cut(line, inner));
      y += height;
    }
    return y;
  }

  /** The lines between servers and pools, one trunk for each server; false when nobody could follow them. */
  addLinks(channel: { readonly from: number; readonly to: number }): boolean {
    const order = [...this.cards.keys()];
    const links = [...this.picture.links].sort((a, b) => order.indexOf(a.server) - order.indexOf(b.server));
    const used = new Map<string, number>();
    const ends = new Map<string, { readonly y: number; readonly x: number }[]>();
    for (const { server, pool } of links) {
      const { x, y } = this.cards.get(pool)!;
      const row = used.get(pool) ?? 0;
      used.set(pool, row + 1);
      ends.set(server, [...(ends.get(server) ?? []), { y: y + 1 + row, x }]);
    }
    const trunks = [...ends].map(([server, own]): Trunk => {
      const { y, height } = this.cards.get(server)!;
      const rows = Array.from({ length: height - 2 }, (_, index) => y + 1 + index);
      const foreign = new Set(
        [...ends].flatMap(([other, far]) => (other === server ? [] : far.map((end) => end.y))),
      );
      const level = rows.find((row) => own.some((end) => end.y === row));
      return { server, row: level ?? rows.find((row) => !foreign.has(row)) ?? rows[0]!, ends: own };
    });
    const spans = trunks.map(spanOf);
    // A row stays free between two trunks in one lane, so that no end seems to go on.
    const places = shareLanes(spans.map(({ from, to }) => ({ from, to: to + 1 }))).map(
      (lane) => channel.from + 2 + 3 * lane,
    );
    const isBlurred = trunks.some(({ row }, index) =>
      trunks.some((other, at) => places[at]! < places[index]! && other.ends.some(({ y }) => y === row)),
    );
    if (isBlurred || places.some((x) => x > channel.to - 3)) return false;
    for (const [index, { server, row, ends: own }] of trunks.entries()) {
      const x = places[index]!;
      const owner = `link ${server}`;
      this.canvas.horizontal(row, channel.from - 1, x, owner);
      this.canvas.vertical(x, spans[index]!.from, spans[index]!.to, owner);
      for (const end of own) this.canvas.horizontal(end.y, x, end.x, owner);
    }
    this.addOctos();
    return true;
  }

  private addOctos(): void {
    const used = new Map<string, number>();
    const ends = this.picture.octos.map(({ pools }) =>
      pools.map((key) => {
        const { x, y, width } = this.cards.get(key)!;
        const row = used.get(key) ?? 0;
        used.set(key, row + 1);
        return { x: x + width - 1, y: y + 1 + row };
      }),
    );
    const spans = ends.map((rows) => spanOf({ row: rows[0]!.y, ends: rows }));
    for (const [index, lane] of shareLanes(spans).entries()) {
      const x = this.right + 1 + 2 * lane;
      const owner = `octo ${index}`;
      this.canvas.vertical(x, spans[index]!.from, spans[index]!.to, owner, true);
      for (const end of ends[index]!) this.canvas.horizontal(end.y, end.x, x, owner, true);
    }
  }

  finish(): readonly string[] {
    const lines = this.canvas.lines();
    return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
  }
}
