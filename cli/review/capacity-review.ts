import {
  capacityOf,
  type CustomerCapacity,
  type CustomerShape,
  type FleetCapacity,
  type Growth,
  type PoolCapacity,
} from "../../estimate/capacity-of";
import { COUNT_KEYS, type Counts, ZERO } from "../../estimate/counts";
import { SHAPES } from "../../estimate/meeting-shape";
import type { Fleet } from "../../model/fleet";
import type { BaseFleet } from "./base-fleet";
import { beforeAndAfter, type ChangeKind } from "./before-and-after";

/** What a change does to the room for participants, as `fleet capacity` counts. */
export interface CapacityReview {
  /** Why there is no before: a sentence. null when there is one. */
  readonly noBefore: string | null;
  /** Names of the shapes of meetings. */
  readonly shapes: readonly string[];
  /** Those who find something else; who has less room first. */
  readonly customers: readonly CustomerRoomChange[];
  /** Pools and bridges on servers that are not what they were. */
  readonly pools: readonly PoolRoomChange[];
}

export interface CustomerRoomChange {
  readonly customer: string;
  readonly account: string;
  readonly change: ChangeKind;
  /** Of a customer who stays, any figure of any shape falls, in any region. */
  readonly isLess: boolean;
  /** In all regions together. */
  readonly shapes: readonly RoomChange[];
  /** Regions in which something changes; sorted by name. */
  readonly regions: readonly RegionRoomChange[];
}

export interface RegionRoomChange {
  /** `gcp-europe-west4` */
  readonly region: string;
  readonly shapes: readonly RoomChange[];
}

/** Participants of one shape; null where there are no bridges for the customer. */
export interface RoomChange {
  readonly shape: string;
  readonly before: Room | null;
  readonly after: Room | null;
}

export type Room = Omit<CustomerShape, "shape">;

export interface PoolRoomChange {
  /** `<account>/<pool>`, or `<customer> (server)`. */
  readonly name: string;
  readonly account: string;
  readonly change: ChangeKind;
  /** null for a pool that is added. */
  readonly before: PoolRoom | null;
  /** null for one that is removed. */
  readonly after: PoolRoom | null;
}

export interface PoolRoom {
  readonly region: string;
  readonly machineType: string;
  readonly serves: readonly string[];
  readonly bridges: Counts;
  /** What one bridge carries, by shape. */
  readonly perBridge: Readonly<Record<string, number>>;
  /** With what the burst check warns of; null for pools that do not grow. */
  readonly growth: Growth | null;
}

/** What callers find after the change against before. Pure. */
export function capacityReview(base: BaseFleet, head: Fleet): CapacityReview {
  const shapes = SHAPES.map(({ name }) => name);
  if (!("fleet" in base)) return { noBefore: base.unknown, shapes, customers: [], pools: [] };
  const [before, after] = [capacityOf(base.fleet), capacityOf(head)];
  return {
    ...{ noBefore: null, shapes },
    customers: customerChanges(base.fleet, head, roomsOf(before), roomsOf(after)),
    pools: poolChanges(before.pools, after.pools),
  };
}

type Rooms = ReadonlyMap<string, CustomerCapacity>;

/** By customer; those who have no bridges are not there. */
const roomsOf = ({ customers }: FleetCapacity): Rooms =>
  new Map(customers.map((each) => [each.customer, each]));

function customerChanges(base: Fleet, head: Fleet, before: Rooms, after: Rooms): CustomerRoomChange[] {
  return beforeAndAfter(base.customers, head.customers, ({ id }) => id)
    .map(({ name, change, last }): CustomerRoomChange => {
      const [was, is] = [before.get(name), after.get(name)];
      const regions = regionChanges(was, is);
      const shapes = roomChanges(was?.shapes, is?.shapes);
      const isLess = change === "changed" && [shapes, ...regions.map((each) => each.shapes)].some(anyFalls);
      return { customer: name, account: last.account, change, isLess, shapes, regions };
    })
    .filter(({ shapes, regions }) => regions.length > 0 || shapes.some(differs))
    .sort((a, b) => Number(b.isLess) - Number(a.isLess) || lost(b) - lost(a));
}

function regionChanges(
  before: CustomerCapacity | undefined,
  after: CustomerCapacity | undefined,
): RegionRoomChange[] {
  const of = (capacity: CustomerCapacity | undefined, name: string) =>
    capacity?.regions.find(({ region }) => region === name)?.shapes;
  const names = [before, after].flatMap((each) => each?.regions.map(({ region }) => region) ?? []);
  return [...new Set(names)]
    .sort()
    .map((region) => ({ region, shapes: roomChanges(of(before, region), of(after, region)) }))
    .filter(({ shapes }) => shapes.some(differs));
}

const roomChanges = (
  before: readonly CustomerShape[] | undefined,
  after: readonly CustomerShape[] | undefined,
): RoomChange[] =>
  SHAPES.map(({ name }) => ({ shape: name, before: roomOf(before, name), after: roomOf(after, name) }));

function roomOf(shapes: readonly CustomerShape[] | undefined, name: string): Room | null {
  const found = shapes?.find(({ shape }) => shape === name);
  return found
    ? { own: found.own, alone: found.alone, fairShare: found.fairShare, oneLost: found.oneLost }
    : null;
}

const NO_ROOM: Room = { own: ZERO, alone: ZERO, fairShare: ZERO, oneLost: ZERO };

/** Whether any figure of it changes. No bridges have as little room as some that all drain. */
export const differs = ({ before, after }: RoomChange): boolean =>
  JSON.stringify(before ?? NO_ROOM) !== JSON.stringify(after ?? NO_ROOM);

/** What a room loses of its three figures; nothing of what grows. */
export const lostBetween = (before: Counts = ZERO, after: Counts = ZERO): number =>
  Math.max(...COUNT_KEYS.map((key) => before[key] - after[key]), 0);

const anyFalls = (shapes: readonly RoomChange[]): boolean => shapes.some((room) => lostOf(room) > 0);

/** What it loses at most, alone or with an equal part. */
export const lostOf = ({ before, after }: RoomChange): number =>
  Math.max(lostBetween(before?.alone, after?.alone), lostBetween(before?.fairShare, after?.fairShare));

const lost = ({ shapes, regions }: CustomerRoomChange): number =>
  Math.max(...[...shapes, ...regions.flatMap((each) => each.shapes)].map(lostOf), 0);

const poolChanges = (before: readonly PoolCapacity[], after: readonly PoolCapacity[]): PoolRoomChange[] =>
  beforeAndAfter(before, after, ({ name }) => name)
    .map(({ name, change, before: was, after: is, last }): PoolRoomChange => ({
      ...{ name, account: last.account, change },
      before: was ? poolRoom(was) : null,
      after: is ? poolRoom(is) : null,
    }))
    .filter(({ before: was, after: is }) => JSON.stringify(was) !== JSON.stringify(is));

const poolRoom = ({ region, machineType, serves, bridges, shapes, growth }: PoolCapacity): PoolRoom => ({
  ...{ region, machineType, serves, bridges, growth },
  perBridge: Object.fromEntries(shapes.map(({ shape, perBridge }) => [shape, perBridge.participants])),
});
