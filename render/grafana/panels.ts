import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  type Panel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TextBuilder, TextMode } from "@grafana/grafana-foundation-sdk/text";
import { PanelBuilder as TimeseriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { type Query, refIdOf } from "./queries";

/** A panel that has no place yet. */
export interface AnyPanel extends Builder<Panel> {
  id(id: number): this;
  gridPos(place: { x: number; y: number; w: number; h: number }): this;
}

/** A panel and how much of the grid's 24 columns it takes; phones show one panel a row. */
export interface Placed {
  readonly panel: AnyPanel;
  readonly width: number;
  readonly height: number;
}

/** Where colours change: `[value, colour]`, the first one from the bottom on. */
export type Steps = readonly [string, ...(readonly [number, string])[]];

export interface PanelWords {
  readonly title: string;
  /** What it shows, and what an operator makes of it. */
  readonly description: string;
  readonly width?: number;
  readonly height?: number;
}

export interface Values extends PanelWords {
  /** Grafana's id of a unit: `bps` and `Kbits` are per second. */
  readonly unit: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly steps?: Steps;
  readonly mappings?: ValueMapping[];
  /** Properties of single series, by the name that is shown. */
  readonly byName?: Readonly<Record<string, readonly DynamicConfigValue[]>>;
  /** The same by the letter of a query: an expression's series have no name of their own. */
  readonly byQuery?: Readonly<Record<string, readonly DynamicConfigValue[]>>;
  /** Text instead of a value where there is none. */
  readonly noValue?: string;
  readonly queries: readonly Query[];
}

export const thresholds = ([base, ...steps]: Steps): { mode: ThresholdsMode; steps: Threshold[] } => ({
  mode: ThresholdsMode.Absolute,
  steps: [{ value: null, color: base }, ...steps.map(([value, color]) => ({ value, color }))],
});

/** Thresholds of one series. */
export const stepsOf = (steps: Steps): DynamicConfigValue[] => [
  { id: "thresholds", value: thresholds(steps) },
  { id: "color", value: { mode: "thresholds" } },
];

/** One colour of one series, whatever its value. */
export const fixed = (fixedColor: string): DynamicConfigValue[] => [
  { id: "color", value: { mode: "fixed", fixedColor } },
];

/** Lines of a group of panels have intervals that a bridge writes several points in. */
const INTERVAL = "1m";

function withValues<T extends StatBuilder | TimeseriesBuilder | TableBuilder>(panel: T, values: Values): T {
  panel.title(values.title).description(values.description).unit(values.unit).interval(INTERVAL);
  panel.datasource({ type: "influxdb", uid: "influx" });
  if (values.decimals !== undefined) panel.decimals(values.decimals);
  if (values.min !== undefined) panel.min(values.min);
  if (values.max !== undefined) panel.max(values.max);
  if (values.mappings !== undefined) panel.mappings(values.mappings);
  if (values.noValue !== undefined) panel.noValue(values.noValue);
  if (values.steps !== undefined) {
    const { mode, steps } = thresholds(values.steps);
    panel.thresholds(new ThresholdsConfigBuilder().mode(mode).steps(steps));
  }
  for (const [name, properties] of Object.entries(values.byName ?? {})) {
    panel.overrideByName(name, [...properties]);
  }
  for (const [refId, properties] of Object.entries(values.byQuery ?? {})) {
    panel.overrideByQuery(refId, [...properties]);
  }
  values.queries.forEach((query, place) => panel.withTarget(query(refIdOf(place))));
  return panel;
}

/** Big numbers, coloured by their steps. Where only some have steps of their own, the others are blue. */
export function stat(values: Values): Placed {
  const coloured: Values = values.byName ? { steps: ["blue"], ...values } : values;
  const panel = withValues(new StatBuilder(), coloured)
    .colorMode(coloured.steps ? BigValueColorMode.Background : BigValueColorMode.None)
    .graphMode(BigValueGraphMode.None)
    .textMode(BigValueTextMode.ValueAndName)
    .wideLayout(false)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).fields("").values(false));
  return { panel, width: values.width ?? 8, height: values.height ?? 5 };
}

export interface Lines extends Values {
  readonly stacked?: boolean;
  readonly bars?: boolean;
  /** How the legend sums a series up. @default ["lastNotNull", "max"] */
  readonly calcs?: readonly string[];
  /** Time that is shown, whatever the dashboard shows: `30d`. */
  readonly period?: string;
  /** Smallest interval. */
  readonly interval?: string;
}

/** Values over time. Steps are drawn as dashed lines. */
export function lines(values: Lines): Placed {
  const panel = withValues(new TimeseriesBuilder(), values)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .calcs([...(values.calcs ?? ["lastNotNull", "max"])]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .lineWidth(2)
    .fillOpacity(values.bars ? 80 : values.stacked ? 25 : 5);
  if (values.bars) panel.drawStyle(GraphDrawStyle.Bars);
  if (values.stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group("A"));
  if (values.steps)
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  if (values.period !== undefined) panel.timeFrom(values.period);
  if (values.interval !== undefined) panel.interval(values.interval);
  return { panel, width: values.width ?? 12, height: values.height ?? 8 };
}

export interface Table extends Values {
  /** Columns in their order: name in the answer -> heading. Others are not shown. */
  readonly columns: Readonly<Record<string, string>>;
}

/** One line for each group of tags; answers of several queries are joined by the columns that all of them have. */
export function table(values: Table): Placed {
  const names = Object.keys(values.columns);
  const panel = withValues(new TableBuilder(), values)
    // Before the merge, which joins rows that agree in every field that all answers have: times do not.
    .withTransformation({
      id: "filterFieldsByName",
      options: { include: { names } },
    })
    .withTransformation({ id: "merge", options: {} })
    .withTransformation({
      id: "organize",
      options: {
        indexByName: Object.fromEntries(names.map((name, place) => [name, place])),
        renameByName: values.columns,
      },
    });
  return { panel, width: values.width ?? 24, height: values.height ?? 8 };
}

/** A note in Markdown. */
export function note({
  title,
  description,
  content,
  width,
  height,
}: PanelWords & { readonly content: string }): Placed {
  const panel = new TextBuilder()
    .title(title)
    .description(description)
    .mode(TextMode.Markdown)
    .content(content);
  return { panel, width: width ?? 24, height: height ?? 8 };
}
