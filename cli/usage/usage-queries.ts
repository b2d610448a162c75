import type { HOURLY_MEASUREMENTS } from "../../model/measurements";
import type { Month } from "./month";

type Hourly = keyof typeof HOURLY_MEASUREMENTS;
type HourlyField<M extends Hourly> = (typeof HOURLY_MEASUREMENTS)[M]["fields"][number];

/** Only names that the hourly task writes. */
const field = <M extends Hourly>(_: M, name: HourlyField<M>): string => `"${name}"`;

/**
 * What is asked of the bucket of the hourly roll-up, in InfluxQL. Each answers with one row per hour, so that an hour
 * without data is seen as one.
 */
export interface UsageQueries {
  /**
   * By pool: `samples`, `participant_samples` (participants of each sample, summed up over its bridges: local_endpoints
   * only, so that a participant counts on one bridge), `bytes_sent`, `bytes_sent_octo`.
   */
  readonly bridges: string;
  /** `local_endpoints_max`: most participants on all bridges at once. */
  readonly peak: string;
  /** `samples`, `participant_samples`, `participants_max`, `conferences_created`: what Jicofo counts. */
  readonly jicofo: string;
}

export function usageQueries({ start, end }: Month): UsageQueries {
  const within = `time >= ${start}ms AND time < ${end}ms`;
  const jvb = (name: HourlyField<"jvb_hourly">) => field("jvb_hourly", name);
  const jicofo = (name: HourlyField<"jicofo_hourly">) => field("jicofo_hourly", name);
  const participantSamples = (mean: string) => `${mean} * "samples" AS "participant_samples"`;
  const sums = (...names: readonly string[]) => names.map((name) => `sum(${name}) AS ${name}`).join(", ");
  const octo = jvb("bytes_sent_octo");
  return {
    bridges:
      `SELECT ${sums('"samples"', '"participant_samples"', jvb("bytes_sent"), octo)} FROM ` +
      `(SELECT ${jvb("samples")}, ${participantSamples(jvb("local_endpoints_mean"))}, ${jvb("bytes_sent")}, ${octo} ` +
      `FROM "jvb_hourly" WHERE ${within}) WHERE ${within} GROUP BY time(1h), "pool" fill(none)`,
    peak:
      `SELECT max(${field("customer_hourly", "local_endpoints_max")}) AS "local_endpoints_max" ` +
      `FROM "customer_hourly" WHERE ${within} GROUP BY time(1h) fill(none)`,
    jicofo:
      `SELECT ${sums('"samples"', '"participant_samples"', jicofo("conferences_created"))}, ` +
      `max(${jicofo("participants_max")}) AS "participants_max" FROM ` +
      `(SELECT ${jicofo("samples")}, ${participantSamples(jicofo("participants_mean"))}, ` +
      `${jicofo("conferences_created")}, ${jicofo("participants_max")} FROM "jicofo_hourly" WHERE ${within}) ` +
      `WHERE ${within} GROUP BY time(1h) fill(none)`,
  };
}
