/**
 * What a keeper is told: `/etc/fleet/keeper.json` on the server of a pool's home. Rendered by `render/server/keeper.ts`,
 * read by `keeper/main.ts`. Times are seconds and need not be whole.
 */
export interface KeeperFile {
  /** Id of the customer whose server the keeper runs on. */
  readonly customer: string;
  /** Jicofo of that customer, without a path: `http://127.0.0.1:8888`. */
  readonly jicofo: string;
  /** Where points are written; the password is in the environment (`TELEMETRY_PASSWORD`). */
  readonly influxdb: { readonly url: string; readonly database: string; readonly username: string };
  readonly pools: readonly KeeperPool[];
  /** Google's APIs, without a path; a trial has its own. @default Google's */
  readonly endpoints?: { readonly compute: string; readonly storage: string; readonly metadata: string };
  /** @default 8080 */
  readonly bridgePort?: number;
}

export interface KeeperPool {
  /** `<account>-<pool>`: the tag of its points, and how people name it beside `<account>/<pool>`. */
  readonly pool: string;
  readonly project: string;
  readonly region: string;
  /** Name of the instance group and of its autoscaler. */
  readonly group: string;
  /** `observe`: decides, says what it would do, and does nothing. */
  readonly mode: "act" | "observe";
  /** Bucket and prefix (with its `/`) of the objects `state.json` (the keeper's) and `orders.json` (people's). */
  readonly store: { readonly bucket: string; readonly prefix: string };
  /** Time from one decision to the next. */
  readonly intervalSeconds: number;
  /** Longest time that one request may take. @default a sixth of `intervalSeconds` */
  readonly requestSeconds?: number;
  /** How long before its beginning a schedule counts. */
  readonly lookaheadSeconds: number;
  readonly schedules: readonly KeeperSchedule[];
  /** Tags of the points, beside `pool`: `customer`, `account`, `cloud`, `region`. */
  readonly tags: Readonly<Record<string, string>>;
  /** `KeeperSettings` of `keeper/decide/settings.ts`. */
  readonly settings: Readonly<Record<string, number | boolean>>;
}

export interface KeeperSchedule {
  /** Cron expression of five fields. */
  readonly start: string;
  readonly durationSeconds: number;
  readonly minBridges: number;
  /** IANA time zone. */
  readonly timeZone: string;
}
