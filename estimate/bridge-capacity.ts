import {
  OVERLOAD_STRESS,
  PACKETS_PER_SECOND_PER_PARTICIPANT,
  participantsAtFullStress,
} from "../model/capacity";
import type { Cloud } from "../model/catalog";
import type { BridgeSettings } from "../model/schema/bridge";
import { networkLimit, type NetworkLimit } from "../model/network-limits";
import { type Load, loadOf } from "./meeting-load";
import type { MeetingShape } from "./meeting-shape";

/** A machine with a bridge. */
export interface BridgeMachine {
  readonly cloud: Cloud;
  /** `n2-standard-4` */
  readonly type: string;
  readonly vcpus: number;
  readonly bridge: BridgeSettings;
  /** Of one room that Jicofo puts on one bridge; Infinity where a room never has a second one. */
  readonly roomPerBridge: number;
}

/** What is full first: processors or packets, as the bridge measures its load, or the network of the machine. */
export type Bottleneck = "cpu" | "packet-rate" | "bandwidth";

/** What one bridge carries. */
export interface BridgeCapacity {
  /** Until Jicofo avoids it, at stress 0.8; or until the machine sends no more. A whole number. */
  readonly participants: number;
  readonly bottleneck: Bottleneck;
  /** What each limit alone would allow; null where it is not known. */
  readonly byLoad: number;
  readonly byBandwidth: number | null;
  readonly load: Load;
  /** The threshold of the load was set for the pool (`bridge.load`), and so may be measured; else it is a first guess. */
  readonly isThresholdSet: boolean;
  readonly network: NetworkLimit | null;
}

/** The room is on as many bridges as carry it: a large one that one bridge does not carry is passed on to others. */
export function bridgeCapacity(machine: BridgeMachine, shape: MeetingShape): BridgeCapacity {
  let bridges = Math.max(1, Math.ceil(shape.people / machine.roomPerBridge));
  for (;;) {
    const capacity = onBridges(machine, shape, bridges);
    const { participants } = capacity;
    const isCarried = bridges * participants >= shape.people;
    // More bridges pass more on, so that in the end none carries anybody.
    if (isCarried || participants === 0 || machine.roomPerBridge === Infinity) return capacity;
    bridges = Math.max(bridges + 1, Math.ceil(shape.people / participants));
  }
}

/** What one bridge carries of rooms that are on so many. */
function onBridges(
  { cloud, type, vcpus, bridge }: BridgeMachine,
  shape: MeetingShape,
  bridges: number,
): BridgeCapacity {
  const load = loadOf(shape, { lastN: bridge.lastN, bridges });
  const network = networkLimit(cloud, type, vcpus) ?? null;
  const byLoad =
    (OVERLOAD_STRESS * participantsAtFullStress(vcpus, bridge.load) * PACKETS_PER_SECOND_PER_PARTICIPANT) /
    load.packetsPerSecond;
  const byBandwidth =
    network && (network.mbitPerSecond * 1000) / (load.kbitPerSecond + load.relayedKbitPerSecond);
  const isNetwork = byBandwidth !== null && byBandwidth < byLoad;
  const { measurement, cpuThreshold, packetsPerSecond } = bridge.load;
  return {
    participants: whole(isNetwork ? byBandwidth : byLoad),
    bottleneck: isNetwork ? "bandwidth" : measurement,
    byLoad: whole(byLoad),
    byBandwidth: byBandwidth === null ? null : whole(byBandwidth),
    load,
    isThresholdSet: (measurement === "cpu" ? cpuThreshold : packetsPerSecond) !== undefined,
    network,
  };
}

/** Not one less for a fault of binary fractions. */
const whole = (participants: number): number => Math.floor(participants + 1e-6);
