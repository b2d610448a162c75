import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import { TypeMathBuilder } from "@grafana/grafana-foundation-sdk/expr";
import type { DatasourceUid } from "./provisioning";

/** A query of a panel, a variable or an annotation, as Grafana's InfluxDB data source keeps it. */
export interface InfluxQuery extends Dataquery {
  readonly refId: string;
  readonly datasource: { readonly type: "influxdb"; readonly uid: DatasourceUid };
  readonly rawQuery: true;
  readonly query: string;
  readonly resultFormat: "time_series" | "table";
  /** Name of a series: text, `$tag_<tag>`, `$col`. */
  readonly alias?: string;
  readonly hide?: true;
}

export interface QueryOptions {
  readonly alias?: string;
  /** @default time_series */
  readonly format?: "table";
  /** @default influx */
  readonly source?: DatasourceUid;
  /** Only expressions use its answer. */
  readonly hide?: true;
}

/** A query in InfluxQL, before its panel gives it a letter. */
export type Query = (refId: string) => Builder<Dataquery>;

export const influxQl =
  (query: string, { alias, format, source = "influx", hide }: QueryOptions = {}): Query =>
  (refId) => ({
    build: (): InfluxQuery => ({
      refId,
      datasource: { type: "influxdb", uid: source },
      rawQuery: true,
      query,
      resultFormat: format ?? "time_series",
      ...(alias === undefined ? {} : { alias }),
      ...(hide === undefined ? {} : { hide }),
      _implementsDataqueryVariant() {}, // JSON has no functions: it is for the compiler only
    }),
  });

/** Arithmetic on the answers of other queries of the panel: `$A * $B`. */
export const math =
  (expression: string): Query =>
  (refId) =>
    new TypeMathBuilder()
      .refId(refId)
      .datasource({ type: "__expr__", uid: "__expr__" })
      .expression(expression);

/** Letters of queries: A to Z, then AA and so on. */
export const refIdOf = (place: number): string =>
  (place >= 26 ? refIdOf(Math.floor(place / 26) - 1) : "") + String.fromCharCode(65 + (place % 26));
