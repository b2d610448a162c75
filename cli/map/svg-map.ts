import { box, FONT, PAPER } from "../../simulate/picture/paint";
import type { Picture } from "./picture";
import { type Bracket, type Curve, layOut, type PlacedCard, type PlacedText } from "./svg-layout";

const INK = {
  text: PAPER.text,
  faint: "#57606a",
  gcp: "#1f60c4",
  linode: "#1a7f45",
  octo: "#8f3bb8",
} as const;
const FILL = { gcp: "#eef4fd", linode: "#edf8f0", servers: "#ffffff" } as const;
const LANE_FILL = "#f4f5f5";

/** The picture as SVG, dark on light; the same picture gives the same bytes. */
export function svgMap(picture: Picture): string {
  const layout = layOut(picture);
  const { width, height, frames, lanes, cards, curves, brackets, texts, legend } = layout;
  return (
    [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${n(height)}" viewBox="0 0 ${width} ${n(height)}" ` +
        `font-family="${FONT}" role="img">`,
      `<title>${escaped(titleOf(picture))}</title>`,
      box(0, 0, width, height, PAPER.panel),
      ...frames.map(({ x, y, width, height }) => box(x, y, width, height, "#ffffff", "#8c959f")),
      ...lanes.map(({ x, y, width, height }) => box(x, y, width, height, LANE_FILL)),
      ...brackets.map(bracket),
      ...curves.map(curve),
      ...cards.map(card),
      ...curves.filter(({ home }) => home === "keeper").map(({ x1, y1 }) => keeperMark(x1, y1)),
      ...texts.map(placedText),
      ...legendOf(legend, picture),
      "</svg>",
    ].join("\n") + "\n"
  );
}

const titleOf = ({ frames }: Picture): string =>
  `Accounts ${frames.map(({ account }) => account).join(", ")}: customers, pools, and what serves whom`;

function card({ x, y, width, height, card }: PlacedCard): string {
  const colour = card.side === "pools" ? INK[card.cloud] : "#57606a";
  const fill = card.side === "pools" ? FILL[card.cloud] : FILL.servers;
  return box(x, y, width, height, fill, colour) + box(x, y, 5, height, colour);
}

/** Leaves and arrives level. */
function curve({ x1, y1, x2, y2, cloud, home }: Curve): string {
  const middle = (x1 + x2) / 2;
  return (
    `<path d="M${n(x1)} ${n(y1)}C${n(middle)} ${n(y1)} ${n(middle)} ${n(y2)} ${n(x2)} ${n(y2)}" fill="none" ` +
    `stroke="${INK[cloud]}" stroke-width="${home === "none" ? 1.3 : 2.4}"/>`
  );
}

const keeperMark = (x: number, y: number): string =>
  `<circle cx="${n(x)}" cy="${n(y)}" r="5" fill="${INK.gcp}" stroke="#ffffff" stroke-width="1.5"/>`;

function bracket({ x, branches }: Bracket): string {
  const lines = branches.map(({ from, y }) => `M${n(from)} ${n(y)}H${n(x)}`).join("");
  const dots = branches.map(({ y }) => `<circle cx="${n(x)}" cy="${n(y)}" r="3.5" fill="${INK.octo}"/>`);
  return (
    `<path d="${lines}M${n(x)} ${n(branches[0]!.y)}V${n(branches.at(-1)!.y)}" fill="none" stroke="${INK.octo}" ` +
    `stroke-width="2"/>${dots.join("")}`
  );
}

function placedText(placed: PlacedText): string {
  const { x, y, width, height, size, words, whole, isBold, ink, isUpright, isRight, isOnLine } = placed;
  const ground = isOnLine ? box(x - 2, y + 1, width + 4, height - 1, LANE_FILL) : "";
  const [left, base] = isUpright ? [x + size * 0.85, y + height] : [isRight ? x + width : x, y + size];
  const turn = isUpright ? ` transform="rotate(-90 ${n(left)} ${n(base)})"` : "";
  const more = words === whole ? "" : `<title>${escaped(whole)}</title>`;
  return (
    `${ground}<text x="${n(left)}" y="${n(base)}" font-size="${size}" fill="${INK[ink]}"` +
    `${isBold ? ' font-weight="600"' : ""}${isRight ? ' text-anchor="end"' : ""}${turn}>${escaped(words)}${more}</text>`
  );
}

/** What the lines mean. */
function legendOf(top: number, { isSummary, octos, links }: Picture): readonly string[] {
  const y = top + 14;
  const entry = (x: number, sign: string, words: string) =>
    `${sign}<text x="${x + 38}" y="${y + 4}" font-size="12" fill="${INK.faint}">${words}</text>`;
  const line = (x: number, colour: string, width: number) =>
    `<path d="M${x} ${y}h30" stroke="${colour}" stroke-width="${width}"/>`;
  const hasKeeper = links.some(({ home }) => home === "keeper");
  return [
    entry(26, line(26, INK.faint, 1.3), isSummary ? "serve (how many)" : "pool serves customer"),
    entry(206, line(206, INK.faint, 2.4), "its home"),
    ...(hasKeeper
      ? [entry(316, line(316, INK.gcp, 2.4) + keeperMark(320, y), "home, whose server runs the keeper")]
      : []),
    ...(octos.length > 0
      ? [
          entry(
            600,
            line(600, INK.octo, 2) + `<circle cx="615" cy="${y}" r="3.5" fill="${INK.octo}"/>`,
            "Octo between pools, for whose calls",
          ),
        ]
      : []),
  ];
}

const escaped = (text: string): string =>
  text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** At most one decimal. */
const n = (value: number): string => String(Math.round(value * 10) / 10);
