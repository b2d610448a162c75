import type { Step } from "./panel";

/** Colours of the pictures: light, as on paper. */
export const PAPER = {
  page: "#f4f5f5",
  panel: "#ffffff",
  border: "#dcdee2",
  text: "#24292e",
  faint: "#6b7280",
  grid: "#e8eaed",
  link: "#1f60c4",
} as const;

export const FONT = "Inter, Helvetica, Arial, sans-serif";

/** Grafana's names of colours. */
const NAMED: Readonly<Record<string, string>> = {
  green: "#2f9e5b",
  yellow: "#e8b40c",
  orange: "#e8730c",
  red: "#d6343f",
  blue: "#3274d9",
  purple: "#8f3bb8",
  text: PAPER.text,
};

/** Of series: none of the colours that say whether a value is good. */
const PALETTE = [
  "#3274d9",
  "#e8730c",
  "#0e8a8a",
  "#8f3bb8",
  "#c2417c",
  "#8a6d3b",
  "#2aa6c9",
  "#5b6b8c",
] as const;

/** @throws Error for a name that is not known */
export function colour(name: string): string {
  const known = name.startsWith("#") ? name : NAMED[name];
  if (known === undefined)
    throw new Error(`the colour ${name} is unknown: add it to scripts/pictures/paint.ts`);
  return known;
}

/** One name, one colour on the whole dashboard; names that it has most often (its regions) take the first. */
export function paletteOf(names: readonly string[]): ReadonlyMap<string, string> {
  const often = (name: string) => names.filter((other) => other === name).length;
  const ordered = [...new Set(names)].sort((a, b) => often(b) - often(a) || (a < b ? -1 : 1));
  return new Map(ordered.map((name, place) => [name, PALETTE[place % PALETTE.length]!]));
}

/** The colour of a value among steps. */
export const stepColour = (steps: readonly Step[], value: number): string =>
  colour([...steps].reverse().find((step) => step.value === null || value >= step.value)?.color ?? "text");

/** What is readable on a colour. */
export const inkOn = (background: string): string =>
  background === NAMED["yellow"] ? PAPER.text : "#ffffff";

export const escaped = (text: string): string =>
  text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);

export interface TextStyle {
  readonly size: number;
  readonly fill?: string;
  readonly weight?: number;
  readonly anchor?: "start" | "middle" | "end";
}

export const text = (
  x: number,
  y: number,
  words: string,
  { size, fill, weight, anchor }: TextStyle,
): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${round(size)}" fill="${fill ?? PAPER.text}"` +
  `${weight === undefined ? "" : ` font-weight="${weight}"`}` +
  `${anchor === undefined ? "" : ` text-anchor="${anchor}"`}>${escaped(words)}</text>`;

export const box = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  border?: string,
): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="3" fill="${fill}"` +
  `${border === undefined ? "" : ` stroke="${border}"`}/>`;

/** About how wide a text is; the mean letter is a little more than half as wide as it is high. */
export const widthOf = (words: string, size: number): number => words.length * size * 0.58;

const round = (value: number): number => Math.round(value * 10) / 10;
