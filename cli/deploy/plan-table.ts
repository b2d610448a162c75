import type { PlanCounts } from "../../rollout/judge-plan";

/** What is planned for one stack. */
export interface PlannedRow {
  readonly stack: string;
  /** Of a deploy. */
  readonly wave?: string;
  readonly counts: PlanCounts;
}

const TITLES = ["add", "change", "replace", "destroy"] as const;

/** A table of plans; whoever looks for what happens finds zeros left out. */
export function planTable(rows: readonly PlannedRow[]): string {
  const width = (title: string, cells: readonly string[]): number =>
    Math.max(...[title, ...cells].map(({ length }) => length));
  const stackWidth = width(
    "stack",
    rows.map(({ stack }) => stack),
  );
  const waveWidth = width(
    "wave",
    rows.map(({ wave = "" }) => wave),
  );
  const hasWaves = rows.some(({ wave }) => wave !== undefined);
  const line = (stack: string, wave: string, rest: string): string =>
    `  ${stack.padEnd(stackWidth)}  ${hasWaves ? `${wave.padEnd(waveWidth)}  ` : ""}${rest}`.trimEnd();
  return [
    line("stack", "wave", TITLES.join("  ")),
    ...rows.map(({ stack, wave = "", counts }) => line(stack, wave, cells(counts))),
  ].join("\n");
}

function cells(counts: PlanCounts): string {
  const numbers = TITLES.map((title) => ({ title, number: counts[title] }));
  if (numbers.every(({ number }) => number === 0)) return "no changes";
  return numbers
    .map(({ title, number }) => (number === 0 ? "" : String(number)).padStart(title.length))
    .join("  ");
}
