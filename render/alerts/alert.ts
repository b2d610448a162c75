import type { HOURLY_MEASUREMENTS, Measurement } from "../../model/measurements";
import type { DatasourceUid } from "../grafana/provisioning";

/** `critical` pages somebody at any hour; `warning` can wait for the morning. */
export type Severity = "critical" | "warning";

/**
 * When to alarm: a value above or below this number; or nothing at all from the query `missing`, while query A says that
 * there is something (a number above 0).
 */
export type Threshold =
  { readonly above: number } | { readonly below: number } | { readonly missing: string };

/**
 * What no data at all means for an alert.
 *
 * - `alarm`: silence is the trouble, or hides it.
 * - `coveredBy`: silence says nothing here, and another alert is raised by it.
 */
export type Silence = "alarm" | { readonly coveredBy: readonly string[] };

/** One alert, in the words of a person; `grafana-rule.ts` makes Grafana's of it. */
export interface Alert {
  /** Anchor of its section in docs/runbook.md: `no-bridge`. */
  readonly kind: string;
  /** The pool that it watches alone, as a `pool` tag; left out, it watches whatever its queries return. */
  readonly pool?: string;
  readonly title: string;
  readonly severity: Severity;
  /** What it means for callers, one sentence; may hold Grafana's `{{ .Labels.instance }}`. */
  readonly means: string;
  /**
   * InfluxQL by a capital letter. Each returns one point in each series, so nothing has to be made of several; its time
   * range is in the query itself, so that it is the same in Grafana, in a shell and in a test.
   */
  readonly queries: Readonly<Record<string, string>>;
  /** Whose points they ask for. @default influx: as they come */
  readonly dataSource?: DatasourceUid;
  /** Grafana's math over the queries' values, `$A1` for query A. @default the value of query A */
  readonly math?: string;
  readonly threshold: Threshold;
  /** How far back the queries look. */
  readonly lookBackSeconds: number;
  /** How long it has to last before anybody hears of it, in full minutes: rules are evaluated once a minute. */
  readonly forMinutes: number;
  readonly silence: Silence;
}

/** The points of the last seconds: `FROM "jvb" WHERE time > now() - 120s AND …`. */
export const recent = (
  measurement: Measurement | keyof typeof HOURLY_MEASUREMENTS,
  seconds: number,
  ...conditions: readonly string[]
): string => `FROM "${measurement}" WHERE ${[`time > now() - ${seconds}s`, ...conditions].join(" AND ")}`;

/** Condition: points of one of these pools. */
export const ofPools = (pools: readonly string[]): string =>
  pools.length === 1
    ? `"pool" = '${pools[0]}'`
    : `(${pools.map((pool) => `"pool" = '${pool}'`).join(" OR ")})`;

/** A bridge, or a server. */
export const BY_MACHINE = 'GROUP BY "pool", "instance"';
