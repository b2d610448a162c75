import { OVERLOAD_STRESS, scaleOutStress } from "../model/capacity";
import { SCALING_DEFAULTS } from "../model/keeper-defaults";
import { poolTag, SERVER_POOL } from "../model/telemetry";
import type { Amounts } from "./amounts";
import { bridgeCapacity } from "./bridge-capacity";
import { byCustomer } from "./by-customer";
import { type Bridges, mayShareRoom } from "./fleet-bridges";
import { gbPerHour } from "./meeting-load";
import type { MeetingShape } from "./meeting-shape";
import { MEAN_OF_PEAK, meanBridges } from "./office-week";

/** What a customer really used, as `fleet usage --json` reports it. */
export interface MeasuredUse {
  readonly customer: string;
  /** Hours of the report; its figures are scaled to a whole month. */
  readonly hours: number;
  /** null where nobody counted. */
  readonly participantMinutes: number | null;
  readonly pools: readonly {
    /** Tag of the pool: `acme-eu-burst`, or `server`. */
    readonly pool: string;
    readonly bridgeHours: number;
    readonly relayEgressGb: number;
    readonly totalEgressGb: number;
  }[];
}

export interface UseOptions {
  readonly hoursPerMonth: number;
  readonly shape: MeetingShape;
  /** Of a month, by customer, where somebody knows. */
  readonly participantHours: ReadonlyMap<string, number>;
  readonly measured: readonly MeasuredUse[];
  /** Of a month, by bridges and customer; wins over the others. @default none */
  readonly hoursOn?: HoursOn;
}

/** Participant-hours: name of the bridges -> customer -> hours. */
export type HoursOn = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** What the figures of a pool's use rest on. */
export type UseBasis = "assumed" | "given" | "measured";

/** What bridges are used for in a month. */
export interface BridgeUse {
  readonly bridges: Bridges;
  readonly basis: UseBasis;
  readonly bridgeHours: Amounts;
  readonly participantHours: Amounts;
  /** Expected participant-hours of each customer that is served, in the order of `serves`: how a shared pool is divided. */
  readonly weights: readonly number[];
  /** Participants who are expected at the fullest time, and how many all of the bridges carry at stress 0.8. */
  readonly fullest: { readonly expected: number; readonly carried: number };
  /** Out of the bridges to participants. */
  readonly egressGb: Amounts;
  /** Out of the bridges to other bridges of the same calls. */
  readonly relayGb: Amounts;
}

/**
 * Share of participants whose room has people on a bridge of another pool too, where the customer has one. A guess: the
 * bridges measure what they relay.
 */
export const SPANNING_SHARE = 0.1;

/** What is known of one customer. */
interface Known {
  readonly hours: number;
  readonly basis: UseBasis;
  /** Hours of people who come and go as they do; else of bridges that are taken to be full at the fullest time. */
  readonly isMean: boolean;
}

export function useOf(all: readonly Bridges[], options: UseOptions): readonly BridgeUse[] {
  const weightOf = new Map(all.map((bridges) => [bridges.name, expectedPeak(bridges, options)]));
  const of = byCustomer(all, ({ serves }) => serves);
  /** Participant-hours of a customer on bridges. */
  const hoursOn = (bridges: Bridges, id: string): Known => {
    const there = options.hoursOn?.get(bridges.name)?.get(id);
    if (there !== undefined) return { hours: there, basis: "given", isMean: false };
    const known = knownOf(id, options);
    const peak = weightOf.get(bridges.name)!;
    if (known === undefined)
      return {
        hours: (peak / bridges.serves.length) * MEAN_OF_PEAK * options.hoursPerMonth,
        basis: "assumed",
        isMean: false,
      };
    const serving = of.get(id)!;
    const sum = serving.reduce((total, each) => total + weightOf.get(each.name)!, 0);
    return { ...known, hours: known.hours * (sum > 0 ? peak / sum : 1 / serving.length) };
  };
  return all.map((bridges) => {
    const hours = bridges.serves.map((id) => hoursOn(bridges, id));
    const spans = bridges.serves.map((id) => of.get(id)!.some((other) => mayShareRoom(bridges, other, id)));
    return useOfOne(bridges, hours, spans, options);
  });
}

/** Participants at the fullest time of the fullest day, where nobody knows better. */
function expectedPeak(bridges: Bridges, { shape }: UseOptions): number {
  const { count, pool } = bridges;
  return (pool?.cloud === "gcp" ? count.scheduled : count.min) * carriedBy(bridges, shape);
}

/** Participants that one bridge carries at the stress at which another one is added. */
const carriedBy = (bridges: Bridges, shape: MeetingShape): number =>
  atFullStress(bridges, shape) * targetStressOf(bridges);

const atFullStress = (bridges: Bridges, shape: MeetingShape): number =>
  bridgeCapacity(bridges, shape).participants / OVERLOAD_STRESS;

const targetStressOf = ({ pool, bridge }: Bridges): number =>
  pool?.cloud === "gcp" ? scaleOutStress(pool.scaling, bridge.load) : SCALING_DEFAULTS.targetStress;

function knownOf(id: string, { participantHours, measured, hoursPerMonth }: UseOptions): Known | undefined {
  const given = participantHours.get(id);
  if (given !== undefined) return { hours: given, basis: "given", isMean: true };
  const report = measured.find(({ customer }) => customer === id);
  if (!report || report.participantMinutes === null) return undefined;
  const hours = (report.participantMinutes / 60) * (hoursPerMonth / report.hours);
  return { hours, basis: "measured", isMean: true };
}

function useOfOne(
  bridges: Bridges,
  hours: readonly Known[],
  spans: readonly boolean[],
  options: UseOptions,
): BridgeUse {
  const { hoursPerMonth, shape } = options;
  const { pool, count } = bridges;
  const weights = hours.map((known) => known.hours);
  const expected = weights.reduce((sum, each) => sum + each, 0);
  const ofPeak = MEAN_OF_PEAK * hoursPerMonth;
  const carried = count.max * bridgeCapacity(bridges, shape).participants;
  const most = carried * ofPeak;
  const participantHours: Amounts = { floor: 0, expected, ceiling: Math.max(expected, most) };
  const { load } = bridgeCapacity(bridges, shape);
  const spanning = weights.reduce((sum, each, index) => sum + (spans[index] ? each : 0), 0);
  const spanningShare = SPANNING_SHARE * (expected > 0 ? spanning / expected : spans.some(Boolean) ? 1 : 0);
  const gb = (kbit: number, share: number): Amounts => ({
    floor: 0,
    expected: participantHours.expected * gbPerHour(kbit) * share,
    ceiling: participantHours.ceiling * gbPerHour(kbit) * share,
  });
  const assumed: BridgeUse = {
    bridges,
    basis: hours.some(({ basis }) => basis !== "assumed") ? "given" : "assumed",
    bridgeHours: bridgeHoursOf(bridges, hours, options),
    participantHours,
    weights,
    fullest: { expected: expected / ofPeak, carried },
    egressGb: gb(load.kbitPerSecond, 1),
    relayGb: gb(load.sentKbitPerSecond, spanningShare),
  };
  return measuredUse(assumed, pool ? poolTag(pool) : SERVER_POOL, options) ?? assumed;
}

function bridgeHoursOf(bridges: Bridges, known: readonly Known[], options: UseOptions): Amounts {
  const { pool } = bridges;
  const { hoursPerMonth, shape } = options;
  // Draining Linodes are paid for, too.
  if (pool?.cloud !== "gcp") {
    const machines = (pool?.size ?? 1) * hoursPerMonth;
    return { floor: machines, expected: machines, ceiling: machines };
  }
  const participantHours = known.reduce((sum, { hours }) => sum + hours, 0);
  const { kept, needed } = meanBridges(pool, {
    peak: participantHours / (MEAN_OF_PEAK * hoursPerMonth),
    atFullStress: atFullStress(bridges, shape),
    targetStress: targetStressOf(bridges),
    isMean: known.some(({ isMean }) => isMean),
  });
  return {
    floor: kept * hoursPerMonth,
    expected: needed * hoursPerMonth,
    ceiling: pool.size.max * hoursPerMonth,
  };
}

/** With what the bridges reported; of a shared pool every customer's report has the same figures, so the largest count. */
function measuredUse(assumed: BridgeUse, tag: string, options: UseOptions): BridgeUse | undefined {
  const { bridges } = assumed;
  const reports = options.measured
    .filter(({ customer }) => bridges.serves.includes(customer))
    .flatMap((report) =>
      report.pools
        .filter(({ pool }) => pool === tag)
        .map((pool) => ({ ...pool, scale: options.hoursPerMonth / report.hours })),
    );
  if (reports.length === 0) return undefined;
  const most = (of: (report: (typeof reports)[number]) => number) =>
    Math.max(...reports.map((report) => of(report) * report.scale));
  const withExpected = (amounts: Amounts, value: number): Amounts => {
    const expected = Math.max(amounts.floor, value);
    return { floor: amounts.floor, expected, ceiling: Math.max(expected, amounts.ceiling) };
  };
  const isGoogle = bridges.pool?.cloud === "gcp";
  return {
    ...assumed,
    basis: "measured",
    bridgeHours: isGoogle
      ? withExpected(
          assumed.bridgeHours,
          most(({ bridgeHours }) => bridgeHours),
        )
      : assumed.bridgeHours,
    egressGb: withExpected(
      assumed.egressGb,
      most(({ totalEgressGb, relayEgressGb }) => totalEgressGb - relayEgressGb),
    ),
    relayGb: withExpected(
      assumed.relayGb,
      most(({ relayEgressGb }) => relayEgressGb),
    ),
  };
}
