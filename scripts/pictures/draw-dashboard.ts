import type { RealInfluxDb } from "../../__tests__/builders/real-influxdb";
import { seconds } from "../../__tests__/builders/grafana-query";
import { drawLines } from "./draw-lines";
import { drawNote } from "./draw-note";
import { drawStat } from "./draw-stat";
import { box, FONT, PAPER, text } from "../../simulate/picture/paint";
import { paletteOf } from "./colours";
import type { DashboardJson, Panel } from "./panel";
import { beginOf, type PanelSeries, seriesOf } from "./panel-series";

const [WIDTH, MARGIN, GAP, CELL, HEAD] = [1400, 16, 8, 30, 78];
const COLUMN = (WIDTH - 2 * MARGIN + GAP) / 24;
/** Within a panel: beside its content, and above it for the title. */
const [PADDING, TITLE] = [10, 30];

/**
 * A dashboard as SVG, from its JSON and what its queries answer. Not a screenshot: Grafana has no part in it.
 *
 * @param whose Is shown beside the title.
 * @param now In seconds since 1970.
 */
export async function drawDashboard(
  database: RealInfluxDb,
  dashboard: DashboardJson,
  whose: string,
  now: number,
): Promise<string> {
  // Dashboards lag behind, so that every machine has delivered.
  const to = now - seconds(dashboard.timepicker?.nowDelay ?? "0s");
  const period = dashboard.time.from.replace("now-", "");
  const from = to - seconds(period);
  const shown: { readonly panel: Panel; readonly series: readonly PanelSeries[] }[] = [];
  for (const panel of dashboard.panels)
    shown.push({ panel, series: await seriesOf(database, panel, from, to) });
  const colours = paletteOf(
    shown
      .filter(({ panel }) => panel.type === "timeseries")
      .flatMap(({ series }) => series.map(({ name }) => name)),
  );

  const bottom = Math.max(...dashboard.panels.map(({ gridPos: { y, h } }) => y + h));
  const height = HEAD + bottom * (CELL + GAP) + MARGIN + 16;
  const at = new Date(now * 1000).toISOString().slice(0, 16).replace("T", " ");
  const drawing = shown.map(({ panel, series }) => drawPanel(panel, series, from, to, colours));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="${FONT}">`,
    box(0, 0, WIDTH, height, PAPER.page),
    text(MARGIN, 32, `${dashboard.title} · ${whose}`, { size: 20, weight: 600 }),
    text(MARGIN, 56, dashboard.description, { size: 13, fill: PAPER.faint }),
    text(WIDTH - MARGIN, 32, `Last ${period} · until ${at} UTC`, {
      size: 14,
      anchor: "end",
    }),
    ...drawing,
    text(
      MARGIN,
      height - 12,
      "Drawn from the dashboard's code and planted data; not a screenshot of Grafana.",
      {
        size: 11,
        fill: PAPER.faint,
      },
    ),
    "</svg>",
    "",
  ].join("\n");
}

function drawPanel(
  panel: Panel,
  series: readonly PanelSeries[],
  from: number,
  to: number,
  colours: ReadonlyMap<string, string>,
): string {
  const { x, y, w, h } = panel.gridPos;
  const [left, top] = [MARGIN + x * COLUMN, HEAD + y * (CELL + GAP)];
  const [width, height] = [w * COLUMN - GAP, h * (CELL + GAP) - GAP];
  if (panel.type === "row")
    return text(left, top + 21, `⌄  ${panel.title}`, { size: 15, weight: 600, fill: PAPER.text });
  const [inner, room] = [width - 2 * PADDING, height - TITLE - PADDING];
  return [
    `<g transform="translate(${left.toFixed(1)} ${top.toFixed(1)})">`,
    box(0, 0, width, height, PAPER.panel, PAPER.border),
    text(PADDING, 20, panel.title, { size: 13.5, weight: 600 }),
    panel.timeFrom === undefined
      ? ""
      : text(width - PADDING, 20, `Last ${panel.timeFrom}`, { size: 12, fill: PAPER.faint, anchor: "end" }),
    `<g transform="translate(${PADDING} ${TITLE})">`,
    content(panel, series, { width: inner, height: room, from: beginOf(panel, from, to), to, colours }),
    "</g></g>",
  ].join("");
}

function content(
  panel: Panel,
  series: readonly PanelSeries[],
  frame: Parameters<typeof drawLines>[2],
): string {
  switch (panel.type) {
    case "stat":
      return drawStat(panel, series, frame.width, frame.height);
    case "timeseries":
      return drawLines(panel, series, frame);
    case "text":
      return drawNote(panel.options?.content ?? "", frame.width);
    default:
      throw new Error(`panels of type ${panel.type} have no form in pictures: add it to scripts/pictures`);
  }
}
