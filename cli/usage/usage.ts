import { TELEMETRY_INTERVAL_SECONDS } from "../../model/telemetry";
import type { Row } from "./influx-answer";
import { hoursOf, missingHours, type Month } from "./month";

/** Bytes of a gigabyte, as clouds bill. */
const GB = 1e9;
const SAMPLES_OF_AN_HOUR = 3600 / TELEMETRY_INTERVAL_SECONDS;
/** An hour with fewer of its samples counts as incomplete; a restart costs some. */
const COMPLETE = 0.95;

/** A pool whose bridges served the customer. */
export interface UsagePool {
  /** Its tag: `acme-eu-burst`. */
  readonly pool: string;
  /** Other customers that it serves, by id. */
  readonly sharedWith: readonly string[];
}

/** What bridges were there for, and what they sent. */
export interface BridgeUsage {
  readonly bridgeHours: number;
  /** To other bridges of the same calls. */
  readonly relayEgressGb: number;
  /** To participants and to other bridges. */
  readonly totalEgressGb: number;
}

export interface PoolUsage extends UsagePool, BridgeUsage {
  /** Hours in which a bridge of it reported. */
  readonly hours: number;
  /** False when no bridge of it reported in the month. */
  readonly reported: boolean;
  /** False when accounts/ has no such pool (any more). */
  readonly known: boolean;
}

/** First hour and end of the last, in milliseconds since 1970. */
type Ranges = readonly (readonly [from: number, to: number])[];

/** What `fleet usage` reports of one customer and month. */
export interface Usage {
  readonly customer: string;
  readonly month: Month;
  /**
   * Who counts participants: the bridges, each participant on the one that he is connected to; or Jicofo, where bridges
   * serve other customers too and cannot tell whose participants they have.
   */
  readonly countedBy: "bridges" | "jicofo";
  /** Null where nobody counted. */
  readonly participantMinutes: number | null;
  readonly conferences: number | null;
  readonly peakParticipants: number | null;
  readonly pools: readonly PoolUsage[];
  readonly sum: {
    /** Of the pools that serve this customer alone. */
    readonly own: BridgeUsage;
    /** Of all. */
    readonly all: BridgeUsage;
  };
  readonly coverage: {
    readonly hours: number;
    /** In which the server stored nothing. */
    readonly withoutServer: Ranges;
    /** In which no bridge reported. */
    readonly withoutBridges: Ranges;
    /** Hours in which Jicofo was there, and less than 95 % of its samples are. */
    readonly incomplete: number;
  };
  /**
   * Participant-minutes of the same hours, those that Jicofo counted without a gap, by both that count them: where they
   * differ much, figures of bridges are missing. Null where the bridges serve others too, or one of the two never counted.
   */
  readonly compared: { readonly bridges: number; readonly jicofo: number } | null;
}

/** Answers to `usageQueries`. */
export interface UsageRows {
  readonly bridges: readonly Row[];
  readonly peak: readonly Row[];
  readonly jicofo: readonly Row[];
}

/** @param pools Those that serve the customer now. */
export function usageOf(customer: string, month: Month, pools: readonly UsagePool[], rows: UsageRows): Usage {
  const tags = new Set([...pools.map(({ pool }) => pool), ...rows.bridges.map(({ tags }) => poolOf(tags))]);
  const usages = [...tags].sort().map((tag) => poolUsage(tag, pools, rows.bridges));
  const own = usages.filter(({ sharedWith }) => sharedWith.length === 0);
  const shared = usages.some(({ sharedWith, reported }) => sharedWith.length > 0 && reported);
  const counting = shared ? rows.jicofo : rows.bridges;
  const peaks = shared ? numbers(rows.jicofo, "participants_max") : numbers(rows.peak, "local_endpoints_max");
  const conferences = numbers(rows.jicofo, "conferences_created");
  const samples = numbers(counting, "participant_samples");
  const whole = rows.jicofo.filter((row) => !isIncomplete(row));
  const wholeHours = hoursIn(whole);
  return {
    customer,
    month,
    countedBy: shared ? "jicofo" : "bridges",
    participantMinutes: samples.length === 0 ? null : minutesOf(counting),
    conferences: conferences.length === 0 ? null : sum(conferences),
    peakParticipants: peaks.length === 0 ? null : Math.max(...peaks),
    pools: usages,
    sum: { own: sumOf(own), all: sumOf(usages) },
    coverage: {
      hours: hoursOf(month),
      withoutServer: missingHours(month, hoursIn(rows.jicofo)),
      withoutBridges: missingHours(month, hoursIn(rows.bridges)),
      incomplete: rows.jicofo.length - whole.length,
    },
    compared:
      shared || samples.length === 0 || whole.length === 0
        ? null
        : {
            bridges: minutesOf(rows.bridges.filter(({ time }) => wholeHours.has(time))),
            jicofo: minutesOf(whole),
          },
  };
}

const isIncomplete = ({ numbers: { samples = 0 } }: Row): boolean => samples < COMPLETE * SAMPLES_OF_AN_HOUR;

/** Participant-minutes of samples. */
const minutesOf = (rows: readonly Row[]): number =>
  (sum(numbers(rows, "participant_samples")) * TELEMETRY_INTERVAL_SECONDS) / 60;

/** Nothing at all is there: no month of zeros. */
export const isEmpty = ({ bridges, peak, jicofo }: UsageRows): boolean =>
  bridges.length + peak.length + jicofo.length === 0;

function poolUsage(tag: string, pools: readonly UsagePool[], rows: readonly Row[]): PoolUsage {
  const known = pools.find(({ pool }) => pool === tag);
  const ofPool = rows.filter(({ tags }) => poolOf(tags) === tag);
  const total = (name: string) => sum(numbers(ofPool, name));
  const relayed = total("bytes_sent_octo");
  return {
    pool: tag,
    sharedWith: known?.sharedWith ?? [],
    known: known !== undefined,
    hours: hoursIn(ofPool).size,
    reported: ofPool.length > 0,
    bridgeHours: (total("samples") * TELEMETRY_INTERVAL_SECONDS) / 3600,
    relayEgressGb: relayed / GB,
    totalEgressGb: (total("bytes_sent") + relayed) / GB,
  };
}

const poolOf = (tags: Readonly<Record<string, string>>): string => tags["pool"] ?? "";

const hoursIn = (rows: readonly Row[]): ReadonlySet<number> => new Set(rows.map(({ time }) => time));

const numbers = (rows: readonly Row[], name: string): number[] =>
  rows.flatMap((row) => row.numbers[name] ?? []);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const sumOf = (usages: readonly BridgeUsage[]): BridgeUsage => ({
  bridgeHours: sum(usages.map(({ bridgeHours }) => bridgeHours)),
  relayEgressGb: sum(usages.map(({ relayEgressGb }) => relayEgressGb)),
  totalEgressGb: sum(usages.map(({ totalEgressGb }) => totalEgressGb)),
});
