import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { GcpPool } from "../../model/fleet";
import { quoted } from "../../model/quoted";
import type { Trace } from "../../simulate/trace";
import { type Count, parseTraceCsv } from "../../simulate/trace-csv";
import { BUILT_IN_TRACES } from "../../simulate/traces/built-in-traces";
import { secondsOfWeek } from "../../simulate/traces/seconds-of-week";
import { traceOfDemand } from "../../simulate/traces/trace-of-demand";
import { unknownName } from "../unknown-name";

/** Lines of a file's problems that are shown. */
const SHOWN = 20;
/** Times of the usual distance between counts from which on it is a gap. */
const GAP = 5;

export type ReadTrace =
  | { readonly ok: true; readonly trace: Trace; readonly notes: readonly string[] }
  /** `isUsage`: the command was called wrongly; else the file is not as it must be. Ends with its line break. */
  | { readonly ok: false; readonly isUsage: boolean; readonly message: string };

/** A built-in trace by its name, or one of a CSV file. @param pool Whose schedules tell which clock the trace is on. */
export function readTrace(named: string, pool: GcpPool): ReadTrace {
  const builtIn = BUILT_IN_TRACES.find(({ name }) => name === named);
  if (builtIn) return { ok: true, trace: builtIn, notes: [] };
  if (!/\.csv$/i.test(named) && !existsSync(named)) {
    const names = BUILT_IN_TRACES.map(({ name }) => name);
    const message = unknownName("trace", named, names).replace(/\n$/, " Or name a file.csv.\n");
    return { ok: false, isUsage: true, message };
  }
  let text: string;
  try {
    text = readFileSync(named, "utf8");
  } catch (error) {
    const { code = "unknown reason" } = error as NodeJS.ErrnoException;
    return { ok: false, isUsage: true, message: `${quoted(named)} cannot be read (${code}).\n` };
  }
  const parsed = parseTraceCsv(text);
  if (!parsed.ok) {
    const lines = parsed.problems.map(({ line, message }) => `${named}:${line}  ${message}`);
    const more = lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more`] : [];
    return { ok: false, isUsage: false, message: `${[...lines.slice(0, SHOWN), ...more].join("\n")}\n` };
  }
  const { counts } = parsed;
  const timeZone = Object.values(pool.scaling.schedules)[0]?.timeZone ?? "UTC";
  const trace = traceOfDemand(
    counts.map(({ time, ...rest }) => ({ at: time, ...rest })),
    { name: basename(named), startsAt: secondsOfWeek(counts[0]!.time, timeZone) },
  );
  return { ok: true, trace, notes: notesOn(counts) };
}

/** What a CSV file does not tell. */
function notesOn(counts: readonly Count[]): readonly string[] {
  const steps = counts.slice(1).map(({ time }, place) => time - counts[place]!.time);
  const usual = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)]!;
  const gaps = steps.filter((step) => step > GAP * usual && step > 600);
  const coarse = steps.filter((step) => step > 600).length;
  const hours = (seconds: number) => (seconds / 3600).toFixed(1);
  return [
    "Who is with whom, and how long a call lasts, is not in the counts: it is drawn, like that of the built-in traces.",
    ...(coarse > 0
      ? [
          `${coarse} of ${steps.length} counts are more than ten minutes from the one before: how steeply people ` +
            "join in between is not in them, and the simulation draws a straight line.",
        ]
      : []),
    ...(gaps.length > 0
      ? [
          `Counts are missing for ${hours(gaps.reduce((sum, gap) => sum + gap, 0))} hours in all, and at most ` +
            `${hours(Math.max(...gaps))} at once; nobody knows who was there then.`,
        ]
      : []),
  ];
}
