/**
 * How many participants bridges carry, and how soon more bridges help. First guesses for a check before the deploy;
 * the measured stress of the running bridges decides.
 */

/**
 * Participants per processor that bring a bridge to stress 1. The release counts 0.01 stress for each participant who
 * just joined (`average-participant-stress`), which is 100 participants, and means a bridge of 4 processors.
 */
export const PARTICIPANTS_PER_VCPU = 25;

/**
 * Processor use that is stress 1 (`load-management.load-measurements.cpu-usage.load-threshold`, default of the release).
 */
export const CPU_LOAD_THRESHOLD = 0.9;

/**
 * Packets a second, in and out, that are stress 1 for each processor. A first guess: it makes 40,000 of the 4 processors
 * that the release's 0.01 stress for a participant means, where the release says 50,000 of no named machine, and
 * 400 packets for a participant, who causes 300 with video in HD, 200 in SD and 50 with sound only.
 */
export const PACKETS_PER_SECOND_PER_VCPU = 10_000;

/** Packets a second, in and out, that a mean participant costs a bridge, by both figures above. */
export const PACKETS_PER_SECOND_PER_PARTICIPANT = PACKETS_PER_SECOND_PER_VCPU / PARTICIPANTS_PER_VCPU;

/** What makes stress 1 of a bridge; left out, the defaults. */
export interface LoadThresholds {
  readonly measurement: "cpu" | "packet-rate";
  /** With `cpu`. @default CPU_LOAD_THRESHOLD */
  readonly cpuThreshold?: number | undefined;
  /** With `packet-rate`. @default PACKETS_PER_SECOND_PER_VCPU for each processor */
  readonly packetsPerSecond?: number | undefined;
}

/** Packets a second that are stress 1 of a bridge. */
export const packetThreshold = (vcpus: number, { packetsPerSecond }: LoadThresholds): number =>
  packetsPerSecond ?? PACKETS_PER_SECOND_PER_VCPU * vcpus;

/** Processor use that is stress 1 of a bridge. */
export const cpuThreshold = ({ cpuThreshold }: LoadThresholds): number => cpuThreshold ?? CPU_LOAD_THRESHOLD;

/** Participants that bring a bridge to stress 1: fewer where its threshold is lower than the default. */
export const participantsAtFullStress = (vcpus: number, load: LoadThresholds): number =>
  load.measurement === "cpu"
    ? PARTICIPANTS_PER_VCPU * vcpus * (cpuThreshold(load) / CPU_LOAD_THRESHOLD)
    : packetThreshold(vcpus, load) / PACKETS_PER_SECOND_PER_PARTICIPANT;

/**
 * Mean stress at which the autoscaler adds a bridge. It has two signals, and the one that asks first wins. Where stress is
 * made of packets nobody knows what processors do meanwhile, so that targetStress alone counts.
 */
export const scaleOutStress = (
  { targetStress, targetCpu }: { readonly targetStress: number; readonly targetCpu: number },
  load: LoadThresholds,
): number =>
  load.measurement === "cpu" ? Math.min(targetStress, targetCpu / cpuThreshold(load)) : targetStress;

/** Stress from which on Jicofo avoids a bridge (`BRIDGE_STRESS_THRESHOLD`, default of the release). */
export const OVERLOAD_STRESS = 0.8;

/**
 * Seconds until the autoscaler acts on a load: the agent's interval, the ingestion of its metric and the autoscaler's
 * own loop, a minute each at worst.
 */
export const METRIC_LAG_SECONDS = 60 + 60 + 60;

export interface BridgeShape {
  /** Virtual processors of one bridge. */
  readonly vcpus: number;
  readonly load: LoadThresholds;
  /** Mean stress of the bridges before anybody else joins. Below OVERLOAD_STRESS. */
  readonly stress: number;
}

/** Participants who can join one bridge that runs at its stress, before Jicofo avoids it. */
export const headroomPerBridge = ({ vcpus, load, stress }: BridgeShape): number =>
  // Rounded, because 0.8 - 0.5 is not 0.3 in binary and would ask for one bridge more at whole numbers.
  Math.round((OVERLOAD_STRESS - stress) * participantsAtFullStress(vcpus, load) * 1e6) / 1e6;

/** Seconds from a load that is too high to a new bridge that takes calls. */
export const secondsToNewBridge = (bootSeconds: number): number => METRIC_LAG_SECONDS + bootSeconds;

/** Participants who join until a new bridge takes calls. */
export const joinsUntilNewBridge = (joinsPerMinute: number, bootSeconds: number): number =>
  Math.ceil((joinsPerMinute * secondsToNewBridge(bootSeconds)) / 60);

/** Bridges that must run before a burst so that none is overloaded until the first new one takes calls. */
export const bridgesForBurst = (shape: BridgeShape, joinsPerMinute: number, bootSeconds: number): number =>
  Math.ceil(joinsUntilNewBridge(joinsPerMinute, bootSeconds) / headroomPerBridge(shape));
