import { buildCatalog } from "../../model/catalog";
import type { GcpPool } from "../../model/fleet";
import { simulatedPool, type SimulatedPool } from "../../simulate/simulated-pool";
import type { Calls } from "../../simulate/trace";
import { World, type WorldOptions } from "../../simulate/world/world";
import { aGcpPool } from "./fleet";

/** When somebody joins and leaves, and the weight. @default weight 1 */
export type Stay = readonly [joinAt: number, leaveAt: number, weight?: number];

/** Calls by hand: a list of conferences, each a list of people. */
export function someCalls(...conferences: readonly (readonly Stay[])[]): Calls {
  const people = conferences.flat();
  const firsts = conferences.map((_, c) => conferences.slice(0, c).flat().length);
  return {
    conferences: conferences.length,
    participants: people.length,
    firstParticipant: Int32Array.from([...firsts, people.length]),
    conferenceOf: Int32Array.from(conferences.flatMap((conference, c) => conference.map(() => c))),
    joinAt: Float64Array.from(people.map(([joinAt]) => joinAt)),
    leaveAt: Float64Array.from(people.map(([, leaveAt]) => leaveAt)),
    weight: Float32Array.from(people.map(([, , weight = 1]) => weight)),
  };
}

/** People who come one after the other, a second apart, and leave at the same time. */
export const aMeeting = (size: number, joinAt: number, leaveAt: number, weight = 1): Stay[] =>
  Array.from({ length: size }, (_, i) => [joinAt + i, leaveAt, weight] as const);

/** A pool of bridges that 100 participants bring to stress 1. */
export const aSimulatedPool = (overrides: Partial<GcpPool> = {}): SimulatedPool =>
  simulatedPool(aGcpPool({ size: { min: 2, max: 30 }, ...overrides }), { catalog: buildCatalog() });

/** A world that nobody looks after. */
export const aWorld = (calls: Calls, overrides: Partial<WorldOptions> = {}): World =>
  new World({
    pool: aSimulatedPool(),
    calls,
    seed: 1,
    seconds: 3600,
    bridges: 2,
    samples: false,
    ...overrides,
  });

/** Does something at a time, and looks at the world then. */
export const at = (world: World, time: number, act: () => void): void =>
  world.add({ intervalSeconds: 1e9, look: act }, time);
