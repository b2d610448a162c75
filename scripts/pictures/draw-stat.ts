import { box, PAPER, text, widthOf } from "../../simulate/picture/paint";
import { inkOn, stepColour } from "./colours";
import { lookOf, type Panel } from "./panel";
import type { PanelSeries } from "./panel-series";
import { showValue } from "./show-value";

/** Big numbers side by side: the last value of each series, with its name. */
export function drawStat(panel: Panel, all: readonly PanelSeries[], width: number, height: number): string {
  if (all.length === 0) {
    const words = panel.fieldConfig?.defaults.noValue ?? "No data";
    return text(width / 2, height / 2 + 8, words, { size: 26, fill: PAPER.faint, anchor: "middle" });
  }
  const gap = 6;
  const each = (width - gap * (all.length - 1)) / all.length;
  const shown = all.map((series) => {
    const look = lookOf(panel, series);
    const last = series.points.at(-1)?.[1];
    const words =
      last === undefined ? (look.noValue ?? "No data") : showValue(last, look.unit, look.decimals);
    return { name: series.name, look, last, words };
  });
  const fitting = (words: string) => (each * 0.86) / widthOf(words, 1);
  const size = Math.min(44, height * 0.4, ...shown.map(({ words }) => fitting(words)));
  const nameSize = Math.min(15, ...shown.map(({ name }) => fitting(name)));
  return shown
    .map(({ name, look, last, words }, place) => {
      const filled = panel.options?.colorMode === "background" && last !== undefined;
      const fill = filled ? stepColour(look.thresholds?.steps ?? [], last) : PAPER.panel;
      const ink = filled ? inkOn(fill) : PAPER.text;
      const x = place * (each + gap);
      return [
        filled ? box(x, 0, each, height, fill) : "",
        text(x + each / 2, height * 0.3, name, { size: nameSize, fill: ink, anchor: "middle" }),
        text(x + each / 2, height * 0.3 + size * 1.25, words, {
          size,
          fill: ink,
          weight: 600,
          anchor: "middle",
        }),
      ].join("");
    })
    .join("");
}
