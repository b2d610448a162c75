import { runInNewContext } from "node:vm";
import { grafanaQuery, seconds } from "../../__tests__/builders/grafana-query";
import type { RealInfluxDb, Series } from "../../__tests__/builders/real-influxdb";
import { DATASOURCES, type DatasourceUid } from "../../render/grafana/provisioning";
import { lookOf, type Panel, type Target } from "./panel";

/** Times in seconds since 1970. */
export type Point = readonly [time: number, value: number];

export interface PanelSeries {
  readonly name: string;
  readonly refId: string;
  readonly points: readonly Point[];
}

/** Points that a line has at most: a committed picture stays small. */
const MOST_POINTS = 180;

/** Where a panel's time begins, in seconds: its own, or the dashboard's. */
export const beginOf = ({ timeFrom }: Pick<Panel, "timeFrom">, from: number, to: number): number =>
  timeFrom === undefined ? from : to - seconds(timeFrom);

/** What a panel shows of the database, in the time from one moment to the other. */
export async function seriesOf(
  database: RealInfluxDb,
  panel: Panel,
  from: number,
  to: number,
): Promise<readonly PanelSeries[]> {
  const answers: PanelSeries[] = [];
  for (const target of panel.targets ?? []) {
    answers.push(
      ...(target.expression === undefined
        ? await asked(database, target, panel, from, to)
        : [calculated(target, target.expression, answers)]),
    );
  }
  const hidden = new Set((panel.targets ?? []).filter(({ hide }) => hide).map(({ refId }) => refId));
  return answers
    .filter(({ refId }) => !hidden.has(refId))
    .map((series) => ({ ...series, name: lookOf(panel, series).displayName ?? series.name }));
}

async function asked(
  database: RealInfluxDb,
  { query, datasource, alias, refId }: Target,
  panel: Panel,
  from: number,
  to: number,
): Promise<PanelSeries[]> {
  const begin = beginOf(panel, from, to);
  const coarse = Math.ceil((to - begin) / MOST_POINTS / 60) * 60;
  const interval = Math.max(seconds(panel.interval ?? "1m"), panel.interval === "1d" ? 0 : coarse);
  const text = grafanaQuery(query!, { from: begin, to, interval });
  const answer = await database.query(text, DATASOURCES[datasource.uid as DatasourceUid]);
  return answer.flatMap((series) => columnsOf(series, alias).map((column) => ({ ...column, refId })));
}

/** Each column of an answer but the time, named as Grafana names it. */
const columnsOf = ({ tags = {}, columns, values }: Series, alias = "$col"): Omit<PanelSeries, "refId">[] =>
  columns.slice(1).map((column, place) => ({
    name: alias.replace(/\$tag_(\w+)/g, (_, tag: string) => tags[tag] ?? "").replace(/\$col\b/g, column),
    points: values.flatMap((row): Point[] => {
      const value = row[place + 1];
      return typeof value === "number" ? [[row[0] as number, value]] : [];
    }),
  }));

/** Arithmetic on series, at the times that all of them have. */
function calculated({ refId }: Target, expression: string, answers: readonly PanelSeries[]): PanelSeries {
  const names = [...new Set([...expression.matchAll(/\$(\w+)/g)].map(([, name]) => name!))];
  const [first, ...others] = names.map(
    (name) => new Map(answers.find((series) => series.refId === name)?.points ?? []),
  );
  const points = [...(first ?? new Map<number, number>()).keys()].flatMap((time): Point[] => {
    const values = [first, ...others].map((series) => series?.get(time));
    if (values.includes(undefined)) return [];
    const bound = Object.fromEntries(names.map((name, place) => [`$${name}`, values[place]]));
    return [[time, Number(runInNewContext(expression, bound))]];
  });
  return { name: refId, refId, points };
}
