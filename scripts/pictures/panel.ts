/** A query of a panel, as it is in a dashboard's JSON. */
export interface Target {
  readonly refId: string;
  readonly datasource: { readonly uid: string };
  readonly query?: string;
  readonly alias?: string;
  /** Server-side arithmetic on other queries: `$A * $B`. */
  readonly expression?: string;
  readonly hide?: boolean;
}

export interface Step {
  /** Null in the first one: from the bottom on. */
  readonly value: number | null;
  readonly color: string;
}

/** How values of a field are shown. */
export interface FieldLook {
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly noValue?: string;
  readonly displayName?: string;
  readonly color?: { readonly mode: string; readonly fixedColor?: string };
  readonly thresholds?: { readonly steps: readonly Step[] };
  readonly custom?: {
    readonly drawStyle?: string;
    readonly lineWidth?: number;
    readonly fillOpacity?: number;
    readonly stacking?: { readonly mode: string };
    readonly thresholdsStyle?: { readonly mode: string };
  };
}

/** A panel, as it is in a dashboard's JSON: what a picture takes of it. */
export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly interval?: string;
  readonly timeFrom?: string;
  readonly targets?: readonly Target[];
  readonly options?: {
    readonly content?: string;
    readonly colorMode?: string;
    readonly legend?: { readonly calcs: readonly string[] };
  };
  readonly fieldConfig?: {
    readonly defaults: FieldLook;
    readonly overrides: readonly {
      readonly matcher: { readonly id: string; readonly options: string };
      readonly properties: readonly { readonly id: string; readonly value: unknown }[];
    }[];
  };
}

export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly time: { readonly from: string };
  readonly timepicker?: { readonly nowDelay?: string };
  readonly panels: readonly Panel[];
}

/** What holds for one series: the panel's own, and the overrides of its name or query. */
export function lookOf({ fieldConfig }: Panel, series: { name: string; refId: string }): FieldLook {
  const matching = (fieldConfig?.overrides ?? []).filter(
    ({ matcher }) =>
      (matcher.id === "byName" && matcher.options === series.name) ||
      (matcher.id === "byFrameRefID" && matcher.options === series.refId),
  );
  const properties = matching.flatMap(({ properties }) => properties.map(({ id, value }) => [id, value]));
  return { ...fieldConfig?.defaults, ...(Object.fromEntries(properties) as FieldLook) };
}
