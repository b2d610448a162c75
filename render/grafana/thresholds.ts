import { OVERLOAD_STRESS } from "../../model/capacity";
import type { BridgeGroup } from "./bridge-group";
import type { Steps } from "./panels";

/** Where the colours of a region or a customer change: by its pools' own numbers. */

const targetsOf = (groups: readonly BridgeGroup[]): number[] =>
  [...new Set(groups.flatMap(({ targetStress }) => targetStress ?? []))].sort((a, b) => a - b);

/** From the lowest target on a pool grows; from OVERLOAD_STRESS on Jicofo avoids bridges. */
export const stressSteps = (groups: readonly BridgeGroup[]): Steps => {
  const [target] = targetsOf(groups);
  return ["green", ...(target === undefined ? [] : [[target, "yellow"] as const]), [OVERLOAD_STRESS, "red"]];
};

/** Every pool's target, and where Jicofo avoids bridges. */
export const stressLimits = (groups: readonly BridgeGroup[]): Steps => [
  "green",
  ...targetsOf(groups).map((target) => [target, "yellow"] as const),
  [OVERLOAD_STRESS, "red"],
];

/** Red below what joins until a new bridge is up, or below the room of one bridge at its target; yellow below twice that. */
export const headroomSteps = (groups: readonly BridgeGroup[]): Steps => {
  const least = groups.reduce((sum, { leastHeadroom }) => sum + leastHeadroom, 0);
  return ["red", [least, "yellow"], [2 * least, "green"]];
};

/** Of the participants that the bridges which run could carry before Jicofo avoids them. */
export const CAPACITY_STEPS: Steps = ["green", [0.75, "yellow"], [0.9, "red"]];

/** What people notice: at 1 % lost packets some, at 5 % everybody. */
export const LOSS_STEPS: Steps = ["green", [0.01, "yellow"], [0.05, "red"]];

/** ms there and back. From 150 ms one way (ITU-T G.114) people begin to talk over each other. */
export const RTT_STEPS: Steps = ["green", [150, "yellow"], [300, "red"]];

/** For a number that ought to be 0. */
export const NONE_STEPS: Steps = ["green", [1, "red"]];
export const FEW_STEPS: Steps = ["green", [1, "yellow"], [10, "red"]];
