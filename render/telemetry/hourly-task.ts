import { createHash } from "node:crypto";
import type { Field, HOURLY_MEASUREMENTS, Measurement } from "../../model/measurements";
import { COMMON_TAGS, HOURLY_BUCKET, RAW_BUCKET } from "../../model/telemetry";
import { comment } from "../text/comment";

/** Hours that each run computes anew: a bridge that could not deliver buffers its points for less than that. */
const HOURS = 24;

/** How far back a counter's last point before those hours is looked for. A longer silence does not count. */
const LONGEST_SILENCE = "7d";

/** A field of the roll-up: what it is made of, and how. */
type Rule<M extends Measurement> = readonly [how: "count" | "mean" | "max" | "increase", field: Field<M>];
type Rules<M extends Measurement, H extends keyof typeof HOURLY_MEASUREMENTS> = Readonly<
  Record<(typeof HOURLY_MEASUREMENTS)[H]["fields"][number], Rule<M>>
>;

const JVB: Rules<"jvb", "jvb_hourly"> = {
  samples: ["count", "local_endpoints"],
  local_endpoints_mean: ["mean", "local_endpoints"],
  stress_level_mean: ["mean", "stress_level"],
  bytes_sent: ["increase", "total_bytes_sent"],
  bytes_sent_octo: ["increase", "total_bytes_sent_octo"],
};

const JICOFO: Rules<"jicofo", "jicofo_hourly"> = {
  samples: ["count", "participants"],
  participants_mean: ["mean", "participants"],
  participants_max: ["max", "participants"],
  conferences_created: ["increase", "total_conferences_created"],
};

/** What the names of the task's revisions begin with. */
export const HOURLY_TASK_PREFIX = "fleet-hourly-";

/** Name of the task: another text is another task, which takes the place of the one before. */
export const hourlyTaskName = (): string =>
  `${HOURLY_TASK_PREFIX}${createHash("sha256").update(body()).digest("hex").slice(0, 8)}`;

/**
 * The task that computes HOURLY_MEASUREMENTS, in Flux.
 *
 * Each run writes the last full hours anew. Points of one series and time replace one another, so a run may be repeated,
 * and points that come late count.
 */
export const renderHourlyTask = (): string =>
  `${remark(
    "Hourly roll-up. A revision has a name of its own, by which influxdb-setup knows whether it is in place.",
  )}import "date"\n\noption task = {name: "${hourlyTaskName()}", every: 1h, offset: 2m}\n\n${body()}`;

const body = (): string => `stop = date.truncate(t: now(), unit: 1h)
start = date.sub(d: ${HOURS}h, from: stop)

${remark(
  "A program that starts anew begins new series (relay_id, version). They are one: only these tags tell series apart.",
)}merged = (tables=<-) => tables
    |> keep(columns: [${[...COMMON_TAGS, "_field", "_time", "_value"].map(quoted).join(", ")}])
    |> group(columns: [${[...COMMON_TAGS, "_field"].map(quoted).join(", ")}])
    |> sort(columns: ["_time"])

points = (measurement, field) => from(bucket: "${RAW_BUCKET}")
    |> range(start: start, stop: stop)
    |> filter(fn: (r) => r._measurement == measurement and r._field == field)

hourly = (tables=<-, fn) => tables
    |> aggregateWindow(every: 1h, fn: fn, createEmpty: false, timeSrc: "_start")

${remark(
  "Increase of a counter in each hour. The point before the first belongs to it, wherever it is: so an hour's increase " +
    "is the same whichever run computes it. A counter that fell began anew at 0.",
)}increase = (measurement, field) => {
    before = from(bucket: "${RAW_BUCKET}")
        |> range(start: date.sub(d: ${LONGEST_SILENCE}, from: start), stop: start)
        |> filter(fn: (r) => r._measurement == measurement and r._field == field)
        |> last()
        |> merged()
        |> last()

    return union(tables: [before, points(measurement: measurement, field: field) |> merged()])
        |> sort(columns: ["_time"])
        |> difference(nonNegative: true, initialZero: true)
        |> hourly(fn: sum)
}

save = (tables=<-, measurement, field) => tables
    |> set(key: "_measurement", value: measurement)
    |> set(key: "_field", value: field)
    |> to(bucket: "${HOURLY_BUCKET}")

${measurement("jvb", "jvb_hourly", JVB)}
${measurement("jicofo", "jicofo_hourly", JICOFO)}
${remark("Most participants at once, over all bridges: the largest minute of the hour.")}points(measurement: "jvb", field: "local_endpoints")
    |> merged()
    |> aggregateWindow(every: 1m, fn: mean, createEmpty: false, timeSrc: "_start")
    |> group(columns: ["customer", "_time"])
    |> sum()
    |> group(columns: ["customer"])
    |> hourly(fn: max)
    |> save(measurement: "customer_hourly", field: "local_endpoints_max")
`;

/** A line for each field. */
const measurement = (from: string, to: string, rules: Readonly<Record<string, Rule<Measurement>>>): string =>
  Object.entries(rules)
    .map(([field, [how, source]]) => {
      const asked = `(measurement: "${from}", field: "${source}")`;
      const read =
        how === "increase" ? `increase${asked}` : `points${asked} |> merged() |> hourly(fn: ${how})`;
      return `${read} |> save(measurement: "${to}", field: "${field}")\n`;
    })
    .join("");

const quoted = (name: string): string => `"${name}"`;

/** Comment lines, as Flux has them. */
const remark = (text: string): string => comment(text).replace(/^#/gm, "//");
