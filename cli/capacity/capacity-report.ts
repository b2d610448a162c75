import type { FleetCapacity } from "../../estimate/capacity-of";
import {
  OVERLOAD_STRESS,
  PACKETS_PER_SECOND_PER_PARTICIPANT,
  PARTICIPANTS_PER_VCPU,
} from "../../model/capacity";
import { figure } from "../../model/figure";
import { listed } from "../../model/listed";
import type { Chosen } from "../chosen-entities";

/** What `fleet capacity --json` prints. */
export interface CapacityReport extends FleetCapacity {
  /** What the figures rest on. */
  readonly notes: readonly string[];
}

/** What was asked for of a fleet's capacity. */
export function capacityReport({ shapes, pools, customers }: FleetCapacity, chosen: Chosen): CapacityReport {
  const isShown = (name: string) =>
    chosen.pools.has(name) || [...chosen.customers].some((id) => name === `${id} (server)`);
  const some = {
    shapes,
    pools: pools.filter(({ name }) => isShown(name)),
    customers: customers.filter(({ customer }) => chosen.customers.has(customer)),
  };
  return { ...some, notes: notesOf(some) };
}

function notesOf({ shapes, pools, customers }: FleetCapacity): readonly string[] {
  const each = pools.flatMap((pool) => pool.shapes.map(({ perBridge }) => perBridge));
  const isShared = pools.some(({ serves }) => serves.length > 1);
  const set = pools.filter((pool) => pool.shapes.some(({ perBridge }) => perBridge.isThresholdSet));
  const byNetwork = pools.filter((pool) =>
    pool.shapes.some(({ perBridge }) => perBridge.bottleneck === "bandwidth"),
  );
  const sources = [...new Set(each.flatMap(({ network }) => network?.source ?? []))].sort();
  const onServers = pools.filter(({ name }) => name.endsWith(" (server)"));
  const unknown = pools.filter((pool) => pool.shapes.some(({ perBridge }) => perBridge.network === null));
  return [
    ...shapes.map(({ name, description }) =>
      name === description ? description : `${name}: ${description}.`,
    ),
    `Participants: those whom the bridges carry at once until Jicofo avoids them, at stress ${OVERLOAD_STRESS}: at size.min; while the ` +
      "schedule that asks for most runs; at size.max. Bridges that drain carry none. Two alone need no bridge and are not " +
      "counted.",
    ...tooLarge({ shapes, customers }),
    "One bridge lost: what is left of the same (of the equal part, where pools are shared) when the bridge that carries most " +
      "goes, until another one takes calls: headroom for one failure.",
    `Guessed: ${PARTICIPANTS_PER_VCPU} mean participants for each processor are stress 1, which is ` +
      `${PACKETS_PER_SECOND_PER_PARTICIPANT} packets a second each; other shapes count ` +
      "by their packets. Nobody has measured it for your machines: watch the stress of running bridges, and write " +
      "bridge.load of the pool.",
    ...(set.length > 0
      ? [`Set in the pool's file, not guessed: where stress 1 is, for ${namesOf(set)} (bridge.load).`]
      : []),
    ...(onServers.length > 0
      ? [
          `Too high by what Jicofo, Prosody, web and the measurements take of the same processors: ${namesOf(onServers)}.`,
        ]
      : []),
    byNetwork.length > 0
      ? `The network of the machine is full before its processors: ${namesOf(byNetwork)}.`
      : "The network of the machines is full last: processors or packets are the bottleneck everywhere.",
    ...(sources.length > 0 ? [`What machines send at most: ${sources.join("; ")}.`] : []),
    ...(unknown.length > 0 ? [`Not known what machines send at most: ${namesOf(unknown)}.`] : []),
    ...(isShared && customers.length > 0
      ? [
          "Shared pools: the rows say what is there with an equal part of each (rounded down), then with all of them, when " +
            "the other customers use nothing.",
        ]
      : []),
    "A model, not a measurement: docs/cost-and-capacity.md.",
  ];
}

/** Customers who have no room for one room of a shape while only what always runs is there. */
const tooLarge = ({ shapes, customers }: Pick<FleetCapacity, "shapes" | "customers">): readonly string[] =>
  shapes.flatMap(({ name, people }, index) => {
    const without = customers.filter(({ shapes: of }) => of[index]!.alone.min < people);
    if (without.length === 0) return [];
    const whom = without.map(({ customer, shapes: of }) => `${customer} (${figure(of[index]!.alone.min)})`);
    return [`Less than one room of ${people} people, ${name}, at least: ${listed(whom)}.`];
  });

const namesOf = (pools: FleetCapacity["pools"]): string => listed(pools.map(({ name }) => name));
