import { PAPER } from "../../simulate/picture/paint";
import type { Step } from "./panel";

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
    throw new Error(`the colour ${name} is unknown: add it to scripts/pictures/colours.ts`);
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
