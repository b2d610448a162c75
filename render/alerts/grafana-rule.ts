import type { Alert } from "./alert";

/** Grafana's own: expressions over what queries returned. */
const EXPRESSION = "__expr__";

/** Longest uid that Grafana takes. */
export const LONGEST_UID = 40;

/** Where the sections are, in this repository. */
export const RUNBOOK = "docs/runbook.md";

interface Labelled {
  readonly account: string;
  readonly customer: string;
  /** Where people read RUNBOOK; left out, alerts name the file. */
  readonly runbook?: string | undefined;
}

/** Stays with its alert and its pool, whatever else there is: silences and the history of an alert hang on it. */
export const ruleUid = ({ kind, pool }: Pick<Alert, "kind" | "pool">): string =>
  pool === undefined ? kind : `${kind}-${digest(pool)}`;

/** Eight hex digits of FNV-1a: two ids and a hyphen may be longer than a uid. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * A rule of Grafana's file provisioning: each query (A), its value (A1), math over the values (M) where there is some,
 * and the threshold (C); or each query, and that one of them has nothing (C).
 *
 * Nothing here has a dollar but the math: Grafana replaces variables of its environment everywhere else. An error of the
 * database leaves all alerts as they are, for `server-silent` says that it is away.
 */
export function grafanaRule(alert: Alert, { account, customer, runbook }: Labelled): object {
  const { kind, pool, title, severity, means, queries, silence } = alert;
  const section = `${runbook ?? RUNBOOK}#${kind}`;
  return {
    uid: ruleUid(alert),
    title,
    condition: "C",
    for: `${alert.forMinutes}m`,
    noDataState: silence === "alarm" ? "Alerting" : "OK",
    execErrState: kind === "server-silent" ? "Alerting" : "KeepLast",
    labels: { severity, kind, customer, account, ...(pool === undefined ? {} : { pool }) },
    annotations: {
      summary: means,
      ...(runbook === undefined ? { runbook: section } : { runbook_url: section }),
    },
    data: [
      ...Object.entries(queries).map(([refId, influxQl]) => query(alert, refId, influxQl)),
      ...condition(alert),
    ],
  };
}

/** The expressions over the queries, up to the condition C. */
function condition(alert: Alert): object[] {
  const { queries, math, threshold } = alert;
  const names = Object.keys(queries);
  if ("missing" in threshold) {
    // The one kind of expression that can go on when a query has no data.
    const asked = (refId: string, evaluator: object) => ({
      query: { params: [refId] },
      reducer: { type: "last", params: [] },
      evaluator,
      operator: { type: "and" },
    });
    const conditions = [
      asked("A", { type: "gt", params: [0] }),
      asked(threshold.missing, { type: "no_value", params: [] }),
    ];
    return [expression(alert, "C", { type: "classic_conditions", conditions })];
  }
  const [above, number] = "above" in threshold ? ["gt", threshold.above] : ["lt", threshold.below];
  return [
    ...names.map((refId) =>
      expression(alert, `${refId}1`, { type: "reduce", expression: refId, reducer: "last" }),
    ),
    ...(math === undefined ? [] : [expression(alert, "M", { type: "math", expression: math })]),
    expression(alert, "C", {
      type: "threshold",
      expression: math === undefined ? `${names[0]}1` : "M",
      conditions: [{ evaluator: { type: above, params: [number] } }],
    }),
  ];
}

const entry = (alert: Alert, refId: string, datasourceUid: string, model: object): object => ({
  refId,
  // In every entry: Grafana refuses all rules for one that has none.
  relativeTimeRange: { from: alert.lookBackSeconds, to: 0 },
  datasourceUid,
  model: { refId, ...model },
});

const query = (alert: Alert, refId: string, influxQl: string): object =>
  entry(alert, refId, alert.dataSource ?? "influx", {
    rawQuery: true,
    resultFormat: "time_series",
    query: influxQl,
  });

const expression = (alert: Alert, refId: string, model: object): object =>
  entry(alert, refId, EXPRESSION, { ...model, datasource: { type: EXPRESSION, uid: EXPRESSION } });
