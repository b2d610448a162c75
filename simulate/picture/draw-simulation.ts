import { figure } from "../../model/figure";
import type { SimulationResult } from "../result";
import { type Bucket, bucketLength, bucketsOf } from "./buckets";
import { box, FONT, PAPER, text, widthOf } from "./paint";
import { type TimeMark, timeMarks } from "./time-marks";

/** When it is needed: whoever wants no picture is quicker without it. */
const loadEcharts = () => import("echarts");
type Echarts = Awaited<ReturnType<typeof loadEcharts>>;

const [WIDTH, LEFT, RIGHT] = [1200, 64, 20];
const INNER = WIDTH - LEFT - RIGHT;
/** Top of each panel's drawing, and its height; the title stands above. */
const PEOPLE = { top: 122, height: 230 };
const BRIDGES = { top: 408, height: 190 };
const LOST = { top: 654, height: 90 };
const HEIGHT = LOST.top + LOST.height + 62;

const INK = {
  demand: "#3274d9",
  capacity: "#24292e",
  overload: "#f6c9cc",
  active: "#2f9e5b",
  draining: "#e8b40c",
  leaving: "#9aa3ad",
  booting: "#8ec5f0",
  plain: "#d6343f",
  keeper: "#7a1f6b",
  moved: "#8f7be0",
} as const;

/** Steps that the drawing has at most, and bars: a committed picture stays small. */
const [MOST_STEPS, MOST_BARS] = [504, 168];

export interface PicturedRun {
  /** The run that is drawn, with its samples. */
  readonly run: SimulationResult;
  /** The same trace under the plain autoscaler, with its samples; undefined leaves it out. */
  readonly plain: SimulationResult | undefined;
  /** Whose bridges they are, as people name them. */
  readonly pool: string;
  /** From a Monday's midnight to the beginning of the trace, in seconds. */
  readonly startsAt: number;
  /** Mean stress at which the pool grows. */
  readonly targetStress: number;
}

/**
 * One run as SVG, its time from left to right:
 *
 *   people in calls, and how many the bridges carry; red where a bridge was overloaded
 *   bridges by state, and how many the plain autoscaler had
 *   people interrupted or moved
 */
export async function drawSimulation({
  run,
  plain,
  pool,
  startsAt,
  targetStress,
}: PicturedRun): Promise<string> {
  const echarts = await loadEcharts();
  const { seconds, policy } = run;
  const length = bucketLength(seconds, MOST_STEPS);
  const steps = bucketsOf(run.samples, length);
  const plainSteps = bucketsOf(plain?.samples ?? [], length);
  const barLength = bucketLength(seconds, MOST_BARS);
  const [bars, plainBars] = [bucketsOf(run.samples, barLength), bucketsOf(plain?.samples ?? [], barLength)];
  const marks = timeMarks(startsAt, seconds);
  const unit =
    barLength < 3600
      ? `${barLength / 60} minutes`
      : barLength === 3600
        ? "hour"
        : `${barLength / 3600} hours`;

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT}">`,
    box(0, 0, WIDTH, HEIGHT, PAPER.panel),
    text(LEFT, 30, `${pool} · ${run.trace} · ${policy}`, { size: 20, weight: 600 }),
    ...inWords(run, plain).map((words, line) =>
      text(LEFT, 51 + 18 * line, words, { size: 13.5, fill: PAPER.faint }),
    ),
    heading(PEOPLE, "People in calls", [
      ["area", INK.demand, "in calls, or trying to be"],
      ["line", INK.capacity, `carried by bridges that take calls, at stress ${targetStress}`],
      ["area", INK.overload, "a bridge above stress 0.8"],
    ]),
    ...marks.map((mark) => dayLine(mark, seconds)),
    panel(echarts, "people", PEOPLE, seconds, [
      stepped("demand", steps, ({ demand }) => demand, INK.demand, 0.35, 1),
      {
        ...stepped("capacity", steps, ({ capacity }) => capacity, INK.capacity, 0, 1.6),
        markArea: overloads(steps, length),
      },
    ]),
    heading(BRIDGES, "Bridges", [
      ["area", INK.active, "take calls"],
      ["area", INK.draining, "drained"],
      ["area", INK.leaving, "leaving"],
      ["area", INK.booting, "booting"],
      ...(plain ? [["line", INK.plain, "all of the plain autoscaler's"] as const] : []),
    ]),
    panel(echarts, "bridges", BRIDGES, seconds, [
      stacked("active", steps, ({ active }) => active, INK.active),
      stacked("draining", steps, ({ draining }) => draining, INK.draining),
      stacked("leaving", steps, ({ leaving }) => leaving, INK.leaving),
      stacked("booting", steps, ({ booting }) => booting, INK.booting),
      stepped(
        "plain",
        plainSteps,
        ({ active, booting, draining, leaving }) => active + booting + draining + leaving,
        INK.plain,
        0,
        1.4,
      ),
    ]),
    heading(LOST, `People interrupted or moved, each ${unit}`, [
      ...(plain ? [["area", INK.plain, "interrupted by the plain autoscaler"] as const] : []),
      ["area", INK.keeper, `interrupted by ${policy}`],
      ["area", INK.moved, `moved by ${policy}`],
    ]),
    panel(echarts, "lost", LOST, seconds, [
      bar("plain", plainBars, barLength, ({ interrupted }) => interrupted, INK.plain),
      bar("interrupted", bars, barLength, ({ interrupted }) => interrupted, INK.keeper),
      bar("moved", bars, barLength, ({ moved }) => moved, INK.moved),
    ]),
    ...marks.map((mark) => timeLabel(mark, seconds)),
    text(WIDTH - RIGHT, HEIGHT - 10, "A simulation (docs/scaling.md), not a measurement.", {
      size: 11,
      fill: PAPER.faint,
      anchor: "end",
    }),
    "</svg>",
    "",
  ].join("\n");
}

type Area = typeof PEOPLE;
type LegendEntry = readonly [form: "area" | "line", colour: string, words: string];

/** Sums of the run below the title, a line for each autoscaler: one for both is cut off where the font is a wide one. */
function inWords({ totals, seed }: SimulationResult, plain: SimulationResult | undefined): string[] {
  const number = (value: number) => figure(value, 0);
  const rest = ({ joinsRefused, overloadMinutes, bridgeHours }: SimulationResult["totals"]) =>
    `${number(joinsRefused)} refused, ${number(overloadMinutes)} minutes of overload, ${number(bridgeHours)} bridge-hours`;
  return [
    `Seed ${seed}: ${number(totals.participants)} people joined, ${number(totals.interrupted)} interrupted, ` +
      `${number(totals.moved)} moved, ${rest(totals)}`,
    ...(plain
      ? [`Plain autoscaler: ${number(plain.totals.interrupted)} interrupted, ${rest(plain.totals)}`]
      : []),
  ];
}

const xOf = (at: number, seconds: number): number => LEFT + (at / seconds) * INNER;

/** Through all panels; midnights are darker. */
const dayLine = ({ at, isDay }: TimeMark, seconds: number): string =>
  [PEOPLE, BRIDGES, LOST]
    .map(({ top, height }) => {
      const x = xOf(at, seconds).toFixed(1);
      return `<line x1="${x}" x2="${x}" y1="${top}" y2="${top + height}" stroke="${isDay ? "#c3c8cf" : PAPER.grid}"/>`;
    })
    .join("");

const timeLabel = ({ at, label, isDay }: TimeMark, seconds: number): string =>
  text(xOf(at, seconds), LOST.top + LOST.height + 18, label, {
    size: 12,
    fill: isDay ? PAPER.text : PAPER.faint,
    anchor: "middle",
    ...(isDay && { weight: 600 }),
  });

/** A panel's title, with its legend to the right. */
function heading({ top }: Area, title: string, entries: readonly LegendEntry[]): string {
  const size = 12;
  const widths = entries.map(([, , words]) => widthOf(words, size) * 0.94 + 34);
  let x = WIDTH - RIGHT - widths.reduce((sum, width) => sum + width, 0);
  const legend = entries.map(([form, colour, words], place) => {
    const at = x;
    x += widths[place]!;
    const sign = form === "area" ? box(at, top - 24, 14, 11, colour) : box(at, top - 20, 14, 3, colour);
    return sign + text(at + 19, top - 14, words, { size });
  });
  return text(LEFT, top - 14, title, { size: 14, weight: 600 }) + legend.join("");
}

type Of = (bucket: Bucket) => number;

/** Each value holds until the next one. */
const stepped = (
  id: string,
  buckets: readonly Bucket[],
  of: Of,
  colour: string,
  opacity: number,
  width: number,
) => ({
  id,
  type: "line" as const,
  step: "end" as const,
  color: colour,
  data: buckets.map((bucket) => [bucket.at, of(bucket)]),
  showSymbol: false,
  lineStyle: { width },
  ...(opacity > 0 && { areaStyle: { opacity } }),
});

const stacked = (id: string, buckets: readonly Bucket[], of: Of, colour: string) => ({
  ...stepped(id, buckets, of, colour, 0.85, 0),
  stack: "bridges",
});

/** Side by side within their time would be too thin: each in front of the one before. */
const bar = (id: string, buckets: readonly Bucket[], length: number, of: Of, colour: string) => ({
  id,
  type: "bar" as const,
  color: colour,
  barGap: "-100%",
  barWidth: Math.max(2, Math.min(8, (INNER / (buckets.length || 1)) * 0.8)),
  data: buckets.flatMap((bucket) => (of(bucket) > 0 ? [[bucket.at + length / 2, of(bucket)]] : [])),
});

/** An area for each time of overload: one for each step would show the seams between them. */
const overloads = (steps: readonly Bucket[], length: number) => {
  const areas: [{ readonly xAxis: number }, { xAxis: number }][] = [];
  for (const { at, overloaded } of steps) {
    const end = areas.at(-1)?.[1];
    if (!overloaded) continue;
    if (end?.xAxis === at) end.xAxis = at + length;
    else areas.push([{ xAxis: at }, { xAxis: at + length }]);
  }
  return { silent: true, itemStyle: { color: INK.overload }, data: areas };
};

/** One panel's drawing, with the axis of its values. */
function panel(
  echarts: Echarts,
  id: string,
  { top, height }: Area,
  seconds: number,
  series: readonly object[],
): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: height + 20 });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: FONT },
      grid: { left: LEFT, right: RIGHT, top: 10, bottom: 10 },
      xAxis: {
        type: "value",
        min: 0,
        max: seconds,
        axisLabel: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLine: { lineStyle: { color: PAPER.faint } },
      },
      yAxis: {
        type: "value",
        min: 0,
        minInterval: 1,
        splitNumber: 4,
        axisLabel: { color: PAPER.faint, fontSize: 12 },
        splitLine: { lineStyle: { color: PAPER.grid } },
      },
      series: [...series],
    });
    const svg = chart
      .renderToSVGString()
      // Ids and classes count charts of the process; a picture must be the same every time. Nobody hovers over it.
      .replace(/\bzr\d+-/g, `${id}-`)
      .replace(/ (?:ecmeta_\w+|class)="[^"]*"/g, "")
      .replace(/<style ?>[^]*?<\/style>/, "")
      // The chart's own paper would hide the lines of the days.
      .replace(/<rect width="\d+" height="\d+" x="0" y="0" fill="(?:none|transparent)"[^>]*><\/rect>/, "");
    return `<g transform="translate(0 ${top - 10})">${svg}</g>`;
  } finally {
    chart.dispose();
  }
}
