import { OVERLOAD_STRESS } from "../../model/capacity";
import type { Sample, Totals } from "../result";
import type { SimulatedPool } from "../simulated-pool";
import type { Calls } from "../trace";
import { BOOT_SCATTER } from "../world/world";

interface Bound {
  readonly samples: readonly Sample[];
  readonly totals: Totals;
}

/**
 * Fewest bridge-hours that no policy can get below, unless it overloads a bridge or cuts a call: a bound, not a plan.
 *
 * At each time the pool needs as many serving bridges as carry the load of all calls at OVERLOAD_STRESS, and its
 * minimum. That many are the fewest even if calls could be packed anew at every moment, if relays cost nothing, and if
 * everything were known before; a real policy must leave calls where they are, so it needs at least these. A bridge is
 * paid for while it boots: between two times at which a k-th bridge is needed it either runs on or boots again, and the
 * cheaper counts; so no choice of which machine to stop makes it less.
 */
export function clairvoyant(
  pool: SimulatedPool,
  calls: Calls,
  {
    seconds,
    samples,
    bridges,
  }: { readonly seconds: number; readonly samples: boolean; readonly bridges: number },
): Bound {
  const { min, max } = pool.settings.size;
  const { bootSeconds, targetStress } = pool.settings.scaling;
  const perBridge = OVERLOAD_STRESS * pool.participantsPerBridge;
  const kept: Sample[] = [];
  /** When the k-th bridge was needed last; -Infinity before it ever was. */
  const neededUntil = Array.from({ length: max + 1 }, (_, k) => (k <= bridges ? 0 : -Infinity));
  let [machineSeconds, needed, since] = [0, min, 0];
  let [load, people, joined] = [0, 0, 0];

  const need = (now: number, next: number): void => {
    machineSeconds += needed * (now - since);
    since = now;
    for (let k = needed + 1; k <= next; k++)
      machineSeconds += Math.min(bootSeconds * BOOT_SCATTER.from, now - neededUntil[k]!);
    for (let k = next + 1; k <= needed; k++) neededUntil[k] = now;
    needed = next;
  };
  const sample = (at: number): void => {
    kept.push({
      at,
      demand: people,
      capacity: needed * targetStress * pool.participantsPerBridge,
      booting: 0,
      active: needed,
      draining: 0,
      leaving: 0,
      recommended: null,
      overloaded: 0,
      interrupted: 0,
      moved: 0,
      refused: 0,
    });
  };

  const weights = new Float64Array(calls.conferences);
  const sizes = new Int32Array(calls.conferences);
  let sampleAt = 60;
  for (const { at, participant, isJoin } of comings(calls, seconds)) {
    for (; samples && sampleAt < at; sampleAt += 60) sample(sampleAt);
    const c = calls.conferenceOf[participant]!;
    // Two send their media to each other, and load no bridge.
    if (sizes[c]! > 2) load -= weights[c]!;
    weights[c]! += (isJoin ? 1 : -1) * calls.weight[participant]!;
    sizes[c]! += isJoin ? 1 : -1;
    if (sizes[c]! > 2) load += weights[c]!;
    people += isJoin ? 1 : -1;
    if (isJoin) joined += 1;
    const next = Math.min(max, Math.max(min, Math.ceil(load / perBridge - 1e-6)));
    if (next !== needed) need(at, next);
  }
  for (; samples && sampleAt <= seconds; sampleAt += 60) sample(sampleAt);
  need(seconds, needed);

  const hours = machineSeconds / 3600;
  return {
    samples: kept,
    totals: {
      participants: joined,
      interrupted: 0,
      moved: 0,
      overloadMinutes: 0,
      joinsRefused: 0,
      timeToCapacity: { mean: 0, max: 0 },
      bridgeHours: hours,
      costUsd: pool.price ? hours * pool.price.usdPerHour : null,
    },
  };
}

interface Coming {
  readonly at: number;
  readonly participant: number;
  readonly isJoin: boolean;
}

/** Who comes and goes until the end, in order. */
function comings({ participants, joinAt, leaveAt }: Calls, seconds: number): Coming[] {
  const all: Coming[] = [];
  for (let participant = 0; participant < participants; participant++) {
    all.push({ at: joinAt[participant]!, participant, isJoin: true });
    if (leaveAt[participant]! <= seconds) all.push({ at: leaveAt[participant]!, participant, isJoin: false });
  }
  return all.sort(
    (a, b) => a.at - b.at || Number(a.isJoin) - Number(b.isJoin) || a.participant - b.participant,
  );
}
