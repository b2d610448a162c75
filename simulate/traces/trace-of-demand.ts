import { Random } from "../random";
import type { Calls, Trace } from "../trace";
import { CallsBuilder } from "./calls-builder";
import { drawDuration, drawSize, drawWeight, MEAN_SIZE } from "./meeting";

/** What was measured at a time. */
export interface DemandPoint {
  /** Seconds; only differences count. */
  readonly at: number;
  /** People in calls. */
  readonly participants: number;
  /** Calls. @default as many as the usual mix of sizes makes of the people */
  readonly conferences?: number | undefined;
}

interface OpenCall {
  readonly people: { readonly joinAt: number; leaveAt: number }[];
  /** The first of them who is still there. */
  stayed: number;
  readonly endsAt: number;
}

const STEP = 60;

/**
 * A trace that has as many people in calls as were measured, minute for minute; who calls whom, and how long each call
 * lasts, is drawn by the seed.
 *
 * @param points In order of time, at least two; between them the number of people goes in a straight line.
 * @param startsAt Seconds from a Monday's midnight to the first point, by the clock of the pool's schedules.
 * @throws RangeError when the points do not make a trace.
 */
export function traceOfDemand(
  points: readonly DemandPoint[],
  { name, startsAt }: { readonly name: string; readonly startsAt: number },
): Trace {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || last.at <= first.at)
    throw new RangeError("a trace takes at least two points, the last later than the first");
  for (const [i, { at, participants, conferences }] of points.entries()) {
    if (i > 0 && at < points[i - 1]!.at)
      throw new RangeError(`point ${i + 1} is earlier than the one before; sort them by time`);
    if (!(participants >= 0 && (conferences ?? 0) >= 0))
      throw new RangeError(`point ${i + 1} has ${participants} participants; allowed: 0 or more`);
  }
  return {
    name,
    description: `as measured, over ${((last.at - first.at) / 3600).toFixed(1)} hours`,
    seconds: last.at - first.at,
    startsAt,
    callsOf: (seed, seconds) => follow(points, seed, seconds),
  };
}

function follow(points: readonly DemandPoint[], seed: number, seconds: number): Calls {
  const random = new Random(seed, "demand");
  const demand = interpolation(points);
  const all: OpenCall[] = [];
  let open: OpenCall[] = [];
  let present = 0;
  const when = (time: number) => time + random.between(0, STEP);
  const leave = (call: OpenCall, time: number): void => {
    call.people[call.stayed++]!.leaveAt = when(time);
    present -= 1;
  };
  const join = (call: OpenCall, time: number): void => {
    // Who is there at the beginning is there from the beginning on.
    call.people.push({ joinAt: time === 0 ? 0 : when(time), leaveAt: Infinity });
    present += 1;
  };
  const begin = (time: number, size: number): void => {
    const call: OpenCall = { people: [], stayed: 0, endsAt: time + drawDuration(random) };
    for (let i = 0; i < size; i++) join(call, time);
    all.push(call);
    open.push(call);
  };

  for (let time = 0; time < Math.min(seconds, demand.seconds); time += STEP) {
    for (const call of open)
      while (call.endsAt <= time && call.stayed < call.people.length) leave(call, time);
    open = open.filter(({ people, stayed }) => stayed < people.length);

    const { participants, meanSize } = demand.at(time);
    // Too many: those whose calls end next leave now.
    const ending = [...open].sort((a, b) => a.endsAt - b.endsAt);
    for (let i = 0; present > participants;) {
      const call = ending[i]!;
      if (call.stayed < call.people.length) leave(call, time);
      else i += 1;
    }
    open = open.filter(({ people, stayed }) => stayed < people.length);
    while (present < participants) {
      const missing = participants - present;
      const size = Math.max(2, Math.round((drawSize(random) * meanSize) / MEAN_SIZE));
      if (size <= missing || open.length === 0) begin(time, Math.min(size, missing));
      else for (let i = 0; i < missing; i++) join(open[random.below(open.length)]!, time);
    }
  }

  const calls = new CallsBuilder(seconds);
  for (const { people } of all) {
    calls.beginConference();
    for (const { joinAt, leaveAt } of people)
      calls.addParticipant(joinAt, Math.max(leaveAt, joinAt + 1), drawWeight(random));
  }
  return calls.build();
}

/** People and people per call at a time, in straight lines between the points. */
function interpolation(points: readonly DemandPoint[]) {
  const first = points[0]!.at;
  let i = 0;
  return {
    seconds: points.at(-1)!.at - first,
    /** @param time Never less than before. */
    at(time: number): { readonly participants: number; readonly meanSize: number } {
      while (i < points.length - 2 && points[i + 1]!.at - first <= time) i += 1;
      const [from, to] = [points[i]!, points[i + 1]!];
      const share = to.at === from.at ? 1 : Math.min(1, (time + first - from.at) / (to.at - from.at));
      const participants = Math.round(from.participants + (to.participants - from.participants) * share);
      const { conferences } = share < 0.5 ? from : to;
      return { participants, meanSize: conferences ? Math.max(2, participants / conferences) : MEAN_SIZE };
    },
  };
}
