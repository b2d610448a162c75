import { runInNewContext } from "node:vm";
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { DATASOURCES, type DatasourceUid } from "../../../render/grafana/provisioning";
import { grafanaQuery, seconds, type Shown } from "../../builders/grafana-query";
import type { RealInfluxDb, Series } from "../../builders/real-influxdb";

/** A query of a panel, as it is in the JSON. */
export interface Target {
  readonly refId: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly query?: string;
  readonly alias?: string;
  readonly expression?: string;
  readonly hide?: boolean;
}

/** The parts of a panel that tests look at. */
export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly interval?: string;
  readonly timeFrom?: string;
  readonly targets?: readonly Target[];
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly options: { readonly content?: string; readonly legend?: { readonly showLegend: boolean } };
  readonly fieldConfig: {
    readonly defaults: {
      readonly unit?: string;
      readonly thresholds?: { readonly steps: readonly object[] };
      readonly custom?: { readonly thresholdsStyle?: { readonly mode: string } };
    };
    readonly overrides: readonly {
      readonly matcher: { readonly id: string; readonly options: string };
      readonly properties: readonly { readonly id: string; readonly value: unknown }[];
    }[];
  };
  readonly transformations?: readonly {
    readonly id: string;
    readonly options: {
      readonly include?: { readonly names: readonly string[] };
      readonly renameByName?: Readonly<Record<string, string>>;
    };
  }[];
}

export const panelsOf = (dashboard: Dashboard): PanelJson[] => dashboard.panels as unknown as PanelJson[];

/** Name of a series -> the last value that it has, as a stat panel shows it. */
export type LastValues = Record<string, number | string | null>;

const lastOf = (values: Series["values"], column: number) =>
  values.flatMap((row) => row[column] ?? []).at(-1) ?? null;

/** How Grafana names the columns of a series. */
function named({ tags = {}, columns, values }: Series, alias: string | undefined): LastValues {
  const shown: LastValues = {};
  columns.forEach((column, place) => {
    if (place === 0) return; // the time
    const name = (alias ?? "$col")
      .replace(/\$tag_(\w+)/g, (_, tag: string) => tags[tag] ?? `no tag ${tag}`)
      .replace(/\$col\b/g, column);
    if (name in shown) throw new Error(`two columns are called ${name}`);
    shown[name] = rounded(lastOf(values, place) as number | string | null);
  });
  return shown;
}

const rounded = (value: number | string | null) =>
  typeof value === "number" ? Math.round(value * 1e9) / 1e9 : value;

/** What a panel shows of the database: every series by its name, with its last value. */
export async function lastValues(
  database: RealInfluxDb,
  panel: PanelJson,
  shown: Shown,
): Promise<LastValues> {
  const byRefId = new Map<string, number>();
  const all: LastValues = {};
  for (const target of panel.targets ?? []) {
    const answer = await valuesOf(database, target, panel, shown, byRefId);
    const twice = Object.keys(answer).find((name) => name in all);
    if (twice !== undefined) throw new Error(`two series of "${panel.title}" are called ${twice}`);
    Object.assign(all, answer);
  }
  return all;
}

async function valuesOf(
  database: RealInfluxDb,
  target: Target,
  panel: PanelJson,
  shown: Shown,
  byRefId: Map<string, number>,
): Promise<LastValues> {
  if (target.expression !== undefined) {
    // Server-side math: series without tags, at the same time.
    const value = runInNewContext(
      target.expression.replace(/\$(\w+)/g, (_, refId: string) => String(byRefId.get(refId))),
    ) as number;
    const override = panel.fieldConfig.overrides.find(
      ({ matcher }) => matcher.id === "byFrameRefID" && matcher.options === target.refId,
    );
    return { [String(override?.properties[0]?.value ?? target.refId)]: rounded(value) };
  }
  const series = await ask(database, target, panel, shown);
  const answer: LastValues = {};
  for (const one of series) {
    for (const [name, value] of Object.entries(named(one, target.alias))) {
      if (name in answer) throw new Error(`two series of "${panel.title}" are called ${name}`);
      answer[name] = value;
    }
  }
  const [only] = Object.values(answer);
  if (typeof only === "number") byRefId.set(target.refId, only);
  return answer;
}

type Row = Readonly<Record<string, string | number | null>>;
/** What one query answers: its columns, also those without a value. */
interface Frame {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** What a table shows, after its transformations: the row of each pool. */
export async function rows(
  database: RealInfluxDb,
  panel: PanelJson,
  shown: Shown,
): Promise<Record<string, LastValues>> {
  let frames: readonly Frame[] = [];
  for (const target of panel.targets!)
    frames = [...frames, ...framesOf(await ask(database, target, panel, shown))];
  for (const { id, options } of panel.transformations!) frames = transformed(frames, id, options);
  const table: Record<string, LastValues> = {};
  for (const { Pool: pool, ...row } of frames.flatMap((frame) => frame.rows)) {
    if (String(pool) in table) throw new Error(`two rows of "${panel.title}" are of ${pool}`);
    table[String(pool)] = row;
  }
  return table;
}

/** Answers in format `table`: tags are columns, too. */
const framesOf = (answer: readonly Series[]): Frame[] =>
  answer.map(({ tags = {}, columns: [, ...names], values }) => ({
    columns: ["Time", ...Object.keys(tags), ...names],
    rows: values.map(([time, ...cells]) => ({
      Time: time as number,
      ...tags,
      ...Object.fromEntries(names.map((name, place) => [name, (cells[place] ?? null) as number | null])),
    })),
  }));

type Transformation = NonNullable<PanelJson["transformations"]>[number];

/** Grafana's transformations, as far as our tables have them. */
function transformed(
  frames: readonly Frame[],
  id: string,
  { include, renameByName = {} }: Transformation["options"],
): readonly Frame[] {
  const only = (names: readonly string[]) =>
    frames.map(({ columns, rows: all }) => ({
      columns: columns.filter((name) => names.includes(name)),
      rows: all.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name))),
      ),
    }));
  switch (id) {
    case "filterFieldsByName":
      return only(include!.names);
    case "merge":
      return merged(frames);
    case "organize":
      return frames.map(({ columns, rows: all }) => ({
        columns: columns.map((name) => renameByName[name] ?? name),
        rows: all.map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [renameByName[name] ?? name, value])),
        ),
      }));
    default:
      throw new Error(`the transformation ${id} has no stand-in: add it to shown-panels.ts`);
  }
}

/** One frame of all: rows that agree in every column that all frames have become one. */
function merged(frames: readonly Frame[]): readonly Frame[] {
  if (frames.length < 2) return frames;
  const columns = [...new Set(frames.flatMap((frame) => frame.columns))];
  const shared = columns.filter((name) => frames.every((frame) => frame.columns.includes(name)));
  const byKey = new Map<string, Row>();
  for (const row of frames.flatMap((frame) => frame.rows)) {
    const key = JSON.stringify(shared.map((name) => row[name]));
    byKey.set(key, { ...byKey.get(key), ...row });
  }
  return [{ columns, rows: [...byKey.values()] }];
}

const ask = (
  database: RealInfluxDb,
  { query, datasource }: Target,
  { interval = "10s", timeFrom }: Pick<PanelJson, "interval" | "timeFrom">,
  shown: Shown,
): Promise<readonly Series[]> =>
  database.query(
    grafanaQuery(query!, {
      ...shown,
      ...(timeFrom === undefined ? {} : { from: shown.to - seconds(timeFrom) }),
      interval: Math.max(seconds(interval), shown.interval ?? 0),
    }),
    DATASOURCES[datasource.uid as DatasourceUid],
  );
