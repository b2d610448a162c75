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

const escaped = (text: string): string =>
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
