import { type Box, overlap } from "./box";
import type { Card, Frame, Octo, Picture } from "./picture";
import { Ports } from "./ports";
import { shareLanes } from "./share-lanes";
import { fitted, textWidth } from "./text-width";

export interface PlacedText extends Box {
  readonly words: string;
  /** All of it, where it had to be cut. */
  readonly whole: string;
  readonly size: number;
  readonly isBold: boolean;
  readonly ink: "text" | "faint" | "gcp" | "linode" | "octo";
  /** Octo labels stand along their line, from below to above. */
  readonly isUpright: boolean;
  /** Ends where its box ends, however wide the font is. */
  readonly isRight: boolean;
  /** Stands on a line, which goes on behind it. */
  readonly isOnLine: boolean;
}

export interface PlacedCard extends Box {
  readonly card: Card;
}

/** Line from a server to a pool; it begins at the right of the one and ends at the left of the other. */
export interface Curve {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly cloud: Card["cloud"];
  readonly home: "keeper" | "home" | "none";
  readonly count: number;
}

/** An upright line beside the pools with a branch to each. */
export interface Bracket {
  readonly x: number;
  readonly branches: readonly { readonly from: number; readonly y: number }[];
}

export interface SvgLayout {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Box[];
  readonly lanes: readonly Box[];
  readonly cards: readonly PlacedCard[];
  readonly curves: readonly Curve[];
  readonly brackets: readonly Bracket[];
  readonly texts: readonly PlacedText[];
  /** Top of the legend. */
  readonly legend: number;
}

const MARGIN = 14;
const FRAME = { x: MARGIN, width: 800, head: 40, gap: 16, foot: 10 };
const LANE = { x: FRAME.x + 12, width: FRAME.width - 24, head: 24, gap: 8 };
const CARD = { height: 62, gap: 8 };
const SERVERS = { x: LANE.x + 10, width: 290 };
const POOLS = { x: LANE.x + LANE.width - 10 - 300, width: 300 };
const OCTO = { gap: 14, lane: 20 };
const LEGEND_HEIGHT = 44;
const HEADS_HEIGHT = 22;
/** Labels of Octo stand in gaps between the branches of their own line, and need this much of it. */
const LABEL_PADDING = 8;

/** Where everything stands, in pixels. Nothing of it depends on a font that is there: texts have room for the widest. */
export function layOut({ frames, links, octos }: Picture): SvgLayout {
  const sheet = new Sheet();
  if (frames.length > 0) sheet.addHeads();
  for (const frame of frames) sheet.addFrame(frame);
  const places = new Map(sheet.cards.map((placed) => [placed.card.key, placed]));

  const brackets = bracketsOf(octos, places);
  for (const [index, bracket] of brackets.entries()) sheet.addLabel(bracket, octos[index]!.label);

  const at = (key: string) => places.get(key)!;
  const ports = new Ports(links.map(({ server, pool }) => [at(server), at(pool)]));
  const curves = links.map(({ server, pool, home, count }): Curve => {
    const [from, to] = [at(server), at(pool)];
    return {
      x1: from.x + from.width,
      y1: ports.between(from, to),
      x2: to.x,
      y2: ports.between(to, from),
      cloud: to.card.cloud,
      home,
      count,
    };
  });
  for (const curve of curves) if (curve.count > 1) sheet.addCount(curve);

  const right = Math.max(FRAME.x + FRAME.width, ...brackets.map(({ x }) => x + OCTO.lane));
  return {
    width: Math.max(900, Math.ceil(right + MARGIN)),
    height: sheet.y + LEGEND_HEIGHT,
    frames: sheet.frames,
    lanes: sheet.lanes,
    cards: sheet.cards,
    curves,
    brackets,
    texts: sheet.texts,
    legend: sheet.y,
  };
}

/** Takes frames, one under the other. */
class Sheet {
  readonly frames: Box[] = [];
  readonly lanes: Box[] = [];
  readonly cards: PlacedCard[] = [];
  readonly texts: PlacedText[] = [];
  y = MARGIN;

  addHeads(): void {
    this.write({ ...SERVERS, y: this.y }, "Customers and their servers", { ink: "faint" });
    this.write({ ...POOLS, y: this.y }, "Pools of bridges", { ink: "faint" });
    this.y += HEADS_HEIGHT;
  }

  addFrame({ account, note, groups }: Frame): void {
    const top = this.y;
    const half = FRAME.width / 2 - 20;
    this.write({ x: FRAME.x + 14, y: top + 11, width: half }, account, { size: 18, isBold: true });
    this.write({ x: FRAME.x + FRAME.width / 2, y: top + 14, width: half }, note, {
      ink: "faint",
      isRight: true,
    });
    this.y += FRAME.head;
    if (groups.length === 0) this.y += 4;
    for (const { name, lanes } of groups)
      for (const { region, servers, pools } of lanes) this.addLane(`${name} · ${region}`, servers, pools);
    this.y += FRAME.foot - LANE.gap;
    this.frames.push({ x: FRAME.x, y: top, width: FRAME.width, height: this.y - top });
    this.y += FRAME.gap;
  }

  private addLane(title: string, servers: readonly Card[], pools: readonly Card[]): void {
    const top = this.y;
    this.write({ x: LANE.x + 10, y: top + 6, width: LANE.width - 20 }, title, {
      size: 11,
      ink: "faint",
      isBold: true,
    });
    const first = top + LANE.head;
    const rows = Math.max(servers.length, pools.length);
    const height = rows * (CARD.height + CARD.gap) - CARD.gap;
    for (const [side, cards] of [
      [SERVERS, servers],
      [POOLS, pools],
    ] as const) {
      const own = cards.length * (CARD.height + CARD.gap) - CARD.gap;
      for (const [index, card] of cards.entries()) {
        const y = first + (height - own) / 2 + index * (CARD.height + CARD.gap);
        this.addCard({ ...side, y, height: CARD.height, card });
      }
    }
    this.y = first + height + 10;
    this.lanes.push({ x: LANE.x, y: top, width: LANE.width, height: this.y - top });
    this.y += LANE.gap;
  }

  private addCard(placed: PlacedCard): void {
    const { x, y, width, card } = placed;
    this.cards.push(placed);
    const inner = width - 24;
    const tag = card.tag === "" ? 0 : textWidth(card.tag, 12, true) + 1;
    this.write({ x: x + 14, y: y + 7, width: inner - tag - 6 }, card.title, { size: 13, isBold: true });
    if (card.tag !== "")
      this.write({ x: x + 14 + inner - tag, y: y + 8, width: tag }, card.tag, {
        isBold: true,
        ink: card.cloud,
        isRight: true,
      });
    this.write({ x: x + 14, y: y + 25, width: inner }, card.lines[0]!, {});
    this.write({ x: x + 14, y: y + 42, width: inner }, card.lines[1]!, { size: 11, ink: "faint" });
  }

  /** The label of an Octo line, in the widest gap between its branches. */
  addLabel({ x, branches }: Bracket, label: string): void {
    const gaps = branches.slice(1).map(({ y }, index) => ({ from: branches[index]!.y, to: y }));
    const { from, to } = gaps.reduce((widest, gap) =>
      gap.to - gap.from > widest.to - widest.from ? gap : widest,
    );
    const room = to - from - 2 * LABEL_PADDING;
    const words = fitted(label, 11, room);
    const length = textWidth(words, 11);
    const y = (from + to) / 2 - length / 2;
    this.texts.push({
      ...{ x: x + 3, y, width: 14, height: length, words, whole: label },
      ...{ size: 11, isBold: false, ink: "octo", isUpright: true, isRight: false, isOnLine: false },
    });
  }

  /** How many links a curve stands for: on it, near its end, where no other text is. */
  addCount(curve: Curve): void {
    const words = String(curve.count);
    const [width, height] = [textWidth(words, 11), 11 * 1.25];
    for (const part of [0.88, 0.7, 0.5, 0.3]) {
      const [x, y] = pointOf(curve, part);
      const place = { x: x - width / 2, y: y - height / 2, width, height };
      if (this.texts.some((text) => overlap(text, place))) continue;
      this.write(place, words, { size: 11, ink: "faint", isOnLine: true });
      return;
    }
  }

  private write(
    { x, y, width }: Omit<Box, "height">,
    whole: string,
    {
      size = 12,
      isBold = false,
      ink = "text",
      isRight = false,
      isOnLine = false,
    }: Partial<Pick<PlacedText, "size" | "isBold" | "ink" | "isRight" | "isOnLine">>,
  ): void {
    const words = fitted(whole, size, width, isBold);
    const used = textWidth(words, size, isBold);
    if (words === "") return;
    this.texts.push({
      ...{ x: isRight ? x + width - used : x, y, width: used, height: size * 1.25 },
      ...{ words, whole, size, isBold, ink, isUpright: false, isRight, isOnLine },
    });
  }
}

/** A point of the curve that `svgMap` draws; 0 is its beginning, 1 its end. */
function pointOf({ x1, y1, x2, y2 }: Curve, part: number): readonly [number, number] {
  const rest = 1 - part;
  const bent = 1.5 * part * rest + part ** 3;
  return [x1 + (x2 - x1) * bent, y1 + (y2 - y1) * (3 * rest * part ** 2 + part ** 3)];
}

/** The lines of Octo, beside the frames because pools of one mesh may be of two accounts. */
function bracketsOf(octos: readonly Octo[], places: ReadonlyMap<string, PlacedCard>): readonly Bracket[] {
  const pools = octos.map(({ pools }) => pools.map((key) => places.get(key)!).sort((a, b) => a.y - b.y));
  const lanes = shareLanes(pools.map((cards) => ({ from: cards[0]!.y, to: cards.at(-1)!.y + CARD.height })));
  const meshesOf = (card: PlacedCard) =>
    octos.flatMap((_, index) => (pools[index]!.includes(card) ? [index] : []));
  return pools.map((cards, index) => ({
    x: FRAME.x + FRAME.width + OCTO.gap + lanes[index]! * OCTO.lane,
    branches: cards.map((card) => {
      const meshes = meshesOf(card);
      const place = (meshes.indexOf(index) + 1) / (meshes.length + 1);
      return { from: card.x + card.width, y: card.y + card.height * place };
    }),
  }));
}
