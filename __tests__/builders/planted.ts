import type { Field, MEASUREMENTS, Measurement } from "../../model/measurements";
import { aPoint, type FieldValue } from "./points";

/** Fields of one moment, by seconds since the beginning of the data set. */
type Fields<M extends Measurement> = Readonly<Partial<Record<Field<M>, FieldValue>>>;
type Own<M extends Measurement> = (typeof MEASUREMENTS)[M]["tags"][number];

/** A series to plant: its points, when the beginning of the data set is that second. */
export type Planted = (beginning: number) => string[];

interface When {
  /** Seconds since the beginning of the data set. @default all of it */
  readonly from?: number;
  readonly to?: number;
  /** Seconds between two points. @default 30 */
  readonly every?: number;
}

/** Data sets begin so long before rules are evaluated, and go on for so long. */
export const BEFORE_SECONDS = 900;
export const AFTER_SECONDS = 8400;

/** One series of a machine, from before rules are evaluated until after. */
export function series<M extends Measurement>(
  measurement: M,
  tags: Readonly<Partial<Record<"pool" | "instance" | Own<M>, string>>>,
  fields: Fields<M> | ((second: number) => Fields<M>),
  { from = -BEFORE_SECONDS, to = AFTER_SECONDS, every = 30 }: When = {},
): Planted {
  const seconds: number[] = [];
  for (let second = from; second < to; second += every) seconds.push(second);
  return (beginning) =>
    seconds.map((second) =>
      aPoint<M>(
        measurement,
        { customer: "abc", account: "acme", ...tags } as Parameters<typeof aPoint<M>>[1],
        typeof fields === "function" ? fields(second) : fields,
        beginning + second,
      ),
    );
}

/** A bridge that is well and idle, but for what is said. */
export const bridge = (
  pool: string,
  instance: string,
  fields: Fields<"jvb"> | ((second: number) => Fields<"jvb">) = {},
  when: When = {},
): Planted =>
  series(
    "jvb",
    { pool, instance, release: "stable-11146-2" },
    (second) => ({
      healthy: { integer: 1 },
      drain: { integer: 0 },
      stress_level: 0.1,
      num_relays_no_msg_transport_after_delay: 0,
      muc_clients_configured: 1,
      muc_clients_connected: 1,
      total_ice_failed: 0,
      total_ice_succeeded: 100 + second,
      ...(typeof fields === "function" ? fields(second) : fields),
    }),
    when,
  );

/** Jicofo, which sees so many bridges of one release, but for what is said. */
export const jicofo = (
  bridges: number,
  fields: Fields<"jicofo"> | ((second: number) => Fields<"jicofo">) = {},
  when: When = {},
): Planted =>
  series(
    "jicofo",
    { pool: "server", instance: "abc-server" },
    (second) => ({
      bridge_selector_bridge_count: bridges,
      bridge_selector_operational_bridge_count: bridges,
      bridge_selector_bridge_version_count: 1,
      bridge_selector_lost_bridges: 0,
      ...(typeof fields === "function" ? fields(second) : fields),
    }),
    when,
  );
