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

export function bridgeCapacity(
  { cloud, type, vcpus, bridge }: BridgeMachine,
  shape: MeetingShape,
): BridgeCapacity {
  const load = loadOf(shape, bridge.lastN);
  const network = networkLimit(cloud, type, vcpus) ?? null;
  const byLoad =
    (OVERLOAD_STRESS * participantsAtFullStress(vcpus, bridge.load) * PACKETS_PER_SECOND_PER_PARTICIPANT) /
    load.packetsPerSecond;
  const byBandwidth = network && (network.mbitPerSecond * 1000) / load.kbitPerSecond;
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
