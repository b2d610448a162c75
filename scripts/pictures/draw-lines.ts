import * as echarts from "echarts";
import { box, FONT, PAPER, text, widthOf } from "../../simulate/picture/paint";
import { colour } from "./colours";
import { type FieldLook, lookOf, type Panel } from "./panel";
import type { PanelSeries, Point } from "./panel-series";
import { showValue } from "./show-value";

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Seconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly colours: ReadonlyMap<string, string>;
}

/** Height of the legend below a chart, and the size of its letters. */
const [LEGEND, LETTERS] = [26, 12];

/** Values over time, with their legend. */
export function drawLines(panel: Panel, all: readonly PanelSeries[], frame: Frame): string {
  const look = panel.fieldConfig?.defaults ?? {};
  const { width, height, from, to } = frame;
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height: height - LEGEND });
  try {
    chart.setOption({
      animation: false,
      useUTC: true,
      textStyle: { fontFamily: FONT },
      grid: { left: 62, right: 14, top: 10, bottom: 26 },
      xAxis: {
        type: "time",
        min: from * 1000,
        max: to * 1000,
        splitNumber: 8,
        axisLine: { lineStyle: { color: PAPER.border } },
        axisLabel: { color: PAPER.faint, fontSize: 11, hideOverlap: true, formatter: timeLabel(to - from) },
        splitLine: { show: true, lineStyle: { color: PAPER.grid } },
      },
      yAxis: {
        type: "value",
        splitNumber: 4,
        ...(look.min !== undefined && { min: look.min }),
        ...(look.max !== undefined && { max: look.max, interval: (look.max - (look.min ?? 0)) / 4 }),
        ...(look.unit === "none" && look.decimals === 0 && { minInterval: 1 }),
        axisLabel: {
          color: PAPER.faint,
          fontSize: 11,
          formatter: (value: number) => showValue(value, look.unit),
        },
        splitLine: { lineStyle: { color: PAPER.grid } },
      },
      series: all.map((series, place) => drawn(panel, series, frame, place === 0)),
    });
    // Ids count charts of the process; in a page they must be each panel's own, and the same every time.
    return chart.renderToSVGString().replace(/\bzr\d+-/g, `p${panel.id}-`) + drawLegend(panel, all, frame);
  } finally {
    chart.dispose();
  }
}

function drawn(panel: Panel, series: PanelSeries, { colours }: Frame, first: boolean) {
  const look = lookOf(panel, series);
  const { drawStyle, lineWidth = 1, fillOpacity = 0, stacking } = look.custom ?? {};
  const bars = drawStyle === "bars";
  return {
    name: series.name,
    type: bars ? "bar" : "line",
    color: colourOf(panel, series, colours),
    data: series.points.map(([time, value]) => [time * 1000, value]),
    ...(stacking?.mode === "normal" && { stack: "all" }),
    ...(bars
      ? { barMaxWidth: 22, itemStyle: { opacity: fillOpacity / 100 } }
      : {
          showSymbol: false,
          lineStyle: { width: lineWidth },
          areaStyle: { opacity: fillOpacity / 100 },
        }),
    // Limits are the panel's, and a chart draws them with one of its series.
    ...(first && { markLine: limits(panel.fieldConfig?.defaults ?? {}) }),
  } as echarts.SeriesOption;
}

const colourOf = (panel: Panel, series: PanelSeries, colours: Frame["colours"]): string => {
  const fixed = lookOf(panel, series).color?.fixedColor;
  return fixed === undefined ? colours.get(series.name)! : colour(fixed);
};

const limits = ({ thresholds, custom }: FieldLook) => ({
  silent: true,
  symbol: "none",
  label: { show: false },
  data: (custom?.thresholdsStyle ? (thresholds?.steps ?? []) : []).flatMap(({ value, color }) =>
    value === null
      ? []
      : [{ yAxis: value, lineStyle: { color: colour(color), type: "dashed" as const, width: 1.5 } }],
  ),
});

/** In one line, with smaller letters where it is long. */
function drawLegend(panel: Panel, all: readonly PanelSeries[], { width, height, colours }: Frame): string {
  const words = all.map((series) => legendText(panel, series));
  const needed = words.reduce((sum, each) => sum + widthOf(each, LETTERS) + 3 * LETTERS, 0);
  const size = LETTERS * Math.min(1, width / needed);
  let x = 0;
  return all
    .map((series, place) => {
      const at = x;
      x += widthOf(words[place]!, size) + 3 * size;
      return (
        box(at, height - 13, 1.2 * size, 4, colourOf(panel, series, colours)) +
        text(at + 1.6 * size, height - 7, words[place]!, { size })
      );
    })
    .join("");
}

/** How a series is summed up beside its name. */
function legendText(panel: Panel, series: PanelSeries): string {
  const look = lookOf(panel, series);
  const sums = (panel.options?.legend?.calcs ?? []).map((calc) => {
    const value = CALCS[calc];
    if (!value)
      throw new Error(`the sum ${calc} has no form in pictures: add it to scripts/pictures/draw-lines.ts`);
    const [name, of] = value;
    return `${name} ${series.points.length === 0 ? "–" : showValue(of(series.points), look.unit, look.decimals)}`;
  });
  return [series.name, ...sums].join(" · ");
}

const values = (points: readonly Point[]): number[] => points.map(([, value]) => value);

const CALCS: Readonly<Record<string, readonly [name: string, of: (points: readonly Point[]) => number]>> = {
  lastNotNull: ["Last", (points) => points.at(-1)![1]],
  max: ["Max", (points) => Math.max(...values(points))],
  min: ["Min", (points) => Math.min(...values(points))],
  sum: ["Total", (points) => values(points).reduce((sum, value) => sum + value, 0)],
};

const timeLabel = (seconds: number): string => (seconds > 2 * 86_400 ? "{dd}.{MM}." : "{HH}:{mm}");
