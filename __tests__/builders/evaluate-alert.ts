import { DATASOURCES, type DatasourceUid } from "../../render/grafana/provisioning";
import { grafanaMath, type Labels, type Results, type Value } from "./grafana-math";
import type { RealInfluxDb } from "./real-influxdb";

/**
 * Stands in for Grafana's alerting: takes rules as they are in a provisioning file, asks a real InfluxDB, and does with
 * the answers what Grafana's sources do (pkg/expr for expressions, pkg/services/ngalert/{eval,state} for states).
 *
 * It refuses what this project's rules do not use: series of more than one point, null values, other expressions.
 */

interface Model {
  readonly refId: string;
  readonly query?: string;
  readonly rawQuery?: boolean;
  readonly resultFormat?: string;
  readonly type?: "reduce" | "math" | "threshold" | "classic_conditions";
  readonly expression?: string;
  readonly reducer?: string;
  readonly conditions?: readonly {
    readonly evaluator: { readonly type: string; readonly params: number[] };
    readonly query?: { readonly params: readonly string[] };
    readonly operator?: { readonly type: string };
  }[];
}

export interface Rule {
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly for: string;
  readonly noDataState: "Alerting" | "NoData" | "OK";
  readonly execErrState: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly data: readonly {
    readonly refId: string;
    readonly relativeTimeRange: { readonly from: number; readonly to: number };
    readonly datasourceUid: string;
    readonly model: Model;
  }[];
}

/** Seconds between two evaluations of a rule. */
export const EVALUATION_SECONDS = 60;

/** What the condition of a rule says at an instant: 1 or 0 by labels. */
export async function conditionAt(database: RealInfluxDb, rule: Rule, second: number): Promise<Results> {
  const asked = rule.data.filter(({ datasourceUid }) => datasourceUid !== "__expr__");
  const answers = asked.map(
    async ({ refId, datasourceUid, model }) =>
      [refId, await ask(database, datasourceUid, model, second)] as const,
  );
  const results = new Map<string, Results>(await Promise.all(answers));
  for (const { refId, datasourceUid, model } of rule.data)
    if (datasourceUid === "__expr__") results.set(refId, express(model, results));
  const condition = results.get(rule.condition);
  if (condition === undefined) throw new Error(`${rule.uid}: there is no ${rule.condition}`);
  return condition;
}

/** Grafana asks with the time of the evaluation; here it is part of the question. */
async function ask(
  database: RealInfluxDb,
  dataSource: string,
  model: Model,
  second: number,
): Promise<Results> {
  const { query, rawQuery, resultFormat } = model;
  if (query === undefined || !rawQuery || resultFormat !== "time_series")
    throw new Error(`${model.refId} is no query in InfluxQL`);
  const now = `'${new Date(second * 1000).toISOString()}'`;
  const series = await database.query(
    query.replace(/time > now\(\) - (\d+s)/g, `time > ${now} - $1 AND time <= ${now}`),
    DATASOURCES[dataSource as DatasourceUid],
  );
  if (series.length === 0) return "no data";
  return series.map(({ tags = {}, columns, values }): Value => {
    const value = values[0]?.[1];
    if (columns.length !== 2 || values.length !== 1 || typeof value !== "number")
      throw new Error(`a series has ${JSON.stringify({ columns, values })}, not one number: ${query}`);
    return { labels: tags, value };
  });
}

function express(
  { type, expression = "", reducer, conditions }: Model,
  results: Map<string, Results>,
): Results {
  if (type === "math") return grafanaMath(expression, results);
  if (type === "classic_conditions") return classic(conditions ?? [], results);
  const input = results.get(expression);
  if (input === undefined) throw new Error(`there is no ${expression} yet`);
  // A series without data stays without; each series is one point, which is its last, mean, smallest and largest.
  if (type === "reduce" && ["last", "mean", "min", "max"].includes(reducer ?? "")) return input;
  const [{ evaluator } = { evaluator: { type: "", params: [] } }, ...others] = conditions ?? [];
  if (type !== "threshold" || others.length > 0) throw new Error(`unknown expression ${type}`);
  return input === "no data"
    ? input
    : input.map(({ labels, value }) => ({ labels, value: Number(holds(evaluator, value)) }));
}

/** One number without labels: whether all conditions hold. No data only where none of them has any. */
function classic(conditions: NonNullable<Model["conditions"]>, results: Map<string, Results>): Results {
  const found = conditions.map(({ evaluator, query, operator }) => {
    const input = results.get(query?.params[0] ?? "");
    if (input === undefined || operator?.type !== "and") throw new Error("unknown classic condition");
    if (evaluator.type === "no_value") return { firing: input === "no data", noData: false };
    return input === "no data"
      ? { firing: false, noData: true }
      : { firing: input.some(({ value }) => holds(evaluator, value)), noData: false };
  });
  if (found.every(({ noData }) => noData)) return "no data";
  return [{ labels: {}, value: Number(found.every(({ firing }) => firing)) }];
}

function holds(
  { type, params: [a = NaN, b = NaN] }: { type: string; params: number[] },
  value: number,
): boolean {
  switch (type) {
    case "gt":
      return value > a;
    case "lt":
      return value < a;
    case "within_range":
      return value > a && value < b;
    case "outside_range":
      return value < a || value > b;
    default:
      throw new Error(`unknown threshold ${type}`);
  }
}

/** An alarm that is raised: since when, and the labels that its series adds to those of the rule. */
export interface Alarm {
  readonly second: number;
  readonly labels: Labels;
}

interface State {
  readonly labels: Labels;
  /** When the condition began to hold. */
  since?: number;
  raised?: number;
  seen: number;
}

/**
 * Alarms that a rule raises when it is evaluated every minute, from one second to another.
 *
 * A series whose condition holds is pending until it has for as long as `for` says. A series that is gone is forgotten
 * after two evaluations. No data at all is one series without labels, or all that were there, in the state that
 * `noDataState` names.
 */
export async function alarmsOf(
  database: RealInfluxDb,
  rule: Rule,
  from: number,
  to: number,
): Promise<Alarm[]> {
  const states = new Map<string, State>();
  const alarms: Alarm[] = [];
  for (let second = from; second <= to; second += EVALUATION_SECONDS) {
    const results = await conditionAt(database, rule, second);
    for (const { labels, value } of results === "no data" ? silent(rule, states) : results) {
      const key = JSON.stringify(Object.entries(labels).sort());
      const state: State = states.get(key) ?? { labels, seen: second };
      states.set(key, state);
      state.seen = second;
      if (value === 0) {
        delete state.since;
        delete state.raised;
        continue;
      }
      state.since ??= second;
      if (state.raised === undefined && second - state.since >= durationSeconds(rule.for)) {
        state.raised = second;
        alarms.push({ second, labels });
      }
    }
    for (const [key, { seen }] of states) if (second - seen >= 2 * EVALUATION_SECONDS) states.delete(key);
  }
  return alarms;
}

function silent({ noDataState }: Rule, states: ReadonlyMap<string, State>): Value[] {
  const value = Number(noDataState !== "OK");
  return states.size === 0
    ? [{ labels: {}, value }]
    : [...states.values()].map(({ labels }) => ({ labels, value }));
}

/** Seconds of a duration such as `5m`. */
export function durationSeconds(duration: string): number {
  const [, number, unit] = /^(\d+)([smh])$/.exec(duration) ?? [];
  if (unit === undefined) throw new Error(`no duration: ${duration}`);
  return Number(number) * { s: 1, m: 60, h: 3600 }[unit as "s" | "m" | "h"];
}
