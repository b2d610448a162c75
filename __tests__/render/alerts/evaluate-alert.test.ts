import { alarmsOf, conditionAt, type Rule } from "../../builders/evaluate-alert";
import { grafanaMath, type Results } from "../../builders/grafana-math";
import type { RealInfluxDb, Series } from "../../builders/real-influxdb";

/** What stands in for Grafana is itself held to what Grafana's documentation and sources say. */

const one = (value: number, labels = {}): Results => [{ labels, value }];
const of = (expression: string, variables: Readonly<Record<string, Results>> = {}): Results =>
  grafanaMath(expression, new Map(Object.entries(variables)));

describe("grafanaMath", () => {
  it.each([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["8 - 3 - 2", 3],
    ["-2 + 3", 1],
    ["!0 + !5", 1],
    ["1 < 2 && 2 < 1 || 3 >= 3", 1],
    ["1 == 2 || 0", 0],
    ["7 % 4 != 3", 0],
  ])("reckons %s = %d", (expression, value) => expect(of(expression)).toEqual(one(value)));

  it("has NaN go through, but for what && and || know already", () => {
    const nan = { A: one(NaN) };
    expect(of("$A > 1", nan)).toEqual(one(NaN));
    expect(of("0 && $A", nan)).toEqual(one(0));
    expect(of("1 || $A", nan)).toEqual(one(1));
    expect(of("1 && $A", nan)).toEqual(one(NaN));
  });

  it("joins series of the same labels, and those that have all labels of the other, and drops the rest", () => {
    const a = { pool: "a" };
    const A = [
      { labels: { ...a, instance: "1" }, value: 5 },
      { labels: { pool: "b", instance: "2" }, value: 7 },
    ];
    const B = [
      { labels: a, value: 1 },
      { labels: { pool: "c" }, value: 2 },
    ];
    expect(of("$A - $B", { A, B })).toEqual([{ labels: { ...a, instance: "1" }, value: 4 }]);
    expect(of("$A - $B", { A, B: one(1) }).length).toBe(2);
  });

  it("joins one with one whatever their labels are, and they lose them", () => {
    expect(of("$A - $B", { A: one(5, { pool: "a" }), B: one(1, { pool: "b" }) })).toEqual(one(4));
  });

  it("has no data where one side has none", () => {
    expect(of("$A + $B", { A: one(1), B: "no data" })).toBe("no data");
    expect(of("-$A", { A: "no data" })).toBe("no data");
  });

  it.each(["$B", "1 +", "(1", "1 2", "a"])("refuses %s", (expression) =>
    expect(() => of(expression, { A: one(1) })).toThrow(),
  );
});

describe("classic conditions", () => {
  const classic = (...names: readonly (readonly [refId: string, type: string])[]): Rule["data"] => [
    ...["A", "B"].map((refId) => ({
      refId,
      datasourceUid: "influx",
      relativeTimeRange: { from: 60, to: 0 },
      model: { refId, rawQuery: true, resultFormat: "time_series", query: `${refId} time > now() - 60s` },
    })),
    {
      refId: "C",
      datasourceUid: "__expr__",
      relativeTimeRange: { from: 60, to: 0 },
      model: {
        refId: "C",
        type: "classic_conditions",
        conditions: names.map(([refId, type]) => ({
          evaluator: { type, params: [0] },
          query: { params: [refId] },
          operator: { type: "and" },
        })),
      },
    },
  ];
  const at = (data: Rule["data"], answers: Readonly<Record<string, number>>) => {
    const query = (influxQl: string): Promise<readonly Series[]> => {
      const value = answers[influxQl[0]!];
      return Promise.resolve(
        value === undefined ? [] : [{ name: "x", columns: ["time", "count"], values: [[0, value]] }],
      );
    };
    return conditionAt({ query } as unknown as RealInfluxDb, rule({ data }), 0);
  };

  it("hold all together, and go on where a query has no data", async () => {
    const missing = classic(["A", "gt"], ["B", "no_value"]);
    expect(await at(missing, { A: 1 })).toEqual(one(1));
    expect(await at(missing, { A: 1, B: 5 })).toEqual(one(0));
    expect(await at(missing, { A: 0 })).toEqual(one(0));
    expect(await at(missing, {})).toEqual(one(0));
  });

  it("have no data where none of the queries has", async () => {
    const both = classic(["A", "gt"], ["B", "gt"]);
    expect(await at(both, {})).toBe("no data");
    expect(await at(both, { A: 1 })).toEqual(one(0));
  });
});

const rule = (over: Partial<Rule> = {}): Rule => ({
  uid: "r",
  title: "r",
  condition: "C",
  for: "2m",
  noDataState: "OK",
  execErrState: "KeepLast",
  labels: {},
  annotations: {},
  data: [
    ["A", "influx", { rawQuery: true, resultFormat: "time_series", query: "SELECT … time > now() - 60s" }],
    ["A1", "__expr__", { type: "reduce", expression: "A", reducer: "last" }],
    [
      "C",
      "__expr__",
      { type: "threshold", expression: "A1", conditions: [{ evaluator: { type: "gt", params: [1] } }] },
    ],
  ].map(([refId, datasourceUid, model]) => ({
    refId: refId as string,
    datasourceUid: datasourceUid as string,
    relativeTimeRange: { from: 60, to: 0 },
    model: { refId: refId as string, ...(model as object) },
  })),
  ...over,
});

/** Answers with what each series has at the minute, as long as it has anything. */
function answering(series: Readonly<Record<string, readonly (number | null | undefined)[]>>): RealInfluxDb {
  const query = (influxQl: string): Promise<readonly Series[]> => {
    const minute = Date.parse(/<= '(.+)'/.exec(influxQl)![1]!) / 60_000;
    const found = Object.entries(series).flatMap(([instance, values]): Series[] => {
      const value = values[minute];
      return value === undefined
        ? []
        : [{ name: "jvb", tags: { instance }, columns: ["time", "last"], values: [[0, value]] }];
    });
    return Promise.resolve(found);
  };
  return { query } as unknown as RealInfluxDb;
}

const minutesOf = async (values: Parameters<typeof answering>[0], over: Partial<Rule> = {}) =>
  (await alarmsOf(answering(values), rule(over), 0, 600)).map(({ second, labels }) => [
    second / 60,
    labels.instance,
  ]);

describe("alarmsOf", () => {
  it("is raised after as long as it is for, once, and again after it was over", async () => {
    expect(await minutesOf({ a: [5, 5, 5, 5, 0, 5, 5, 5, 5, 5, 5] })).toEqual([
      [2, "a"],
      [7, "a"],
    ]);
    expect(await minutesOf({ a: [5, 5, 0, 5, 5, 0, 5, 5, 0, 0, 0] })).toEqual([]);
    expect(await minutesOf({ a: [0, 5] }, { for: "0m" })).toEqual([[1, "a"]]);
  });

  it("keeps series apart, and forgets one that is gone for two evaluations", async () => {
    const b = [5, undefined, 5, 5, ...Array<number>(7).fill(0)];
    const c = [5, undefined, undefined, 5, 5, 0, 0, 0, 0, 0, 0];
    expect(await minutesOf({ a: Array<number>(11).fill(0), b, c })).toEqual([[2, "b"]]);
  });

  it("takes no data at all as the rule says", async () => {
    expect(await minutesOf({}, { noDataState: "Alerting" })).toEqual([[2, undefined]]);
    expect(await minutesOf({})).toEqual([]);
    // Series that were there are silent themselves.
    expect(await minutesOf({ a: [0, 0] }, { noDataState: "Alerting" })).toEqual([[4, "a"]]);
  });

  it("refuses answers of which Grafana would make something else than one number", async () => {
    await expect(conditionAt(answering({ a: [null] }), rule(), 0)).rejects.toThrow("not one number");
  });
});
