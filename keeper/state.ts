import type { Drain, Memory } from "./decide/memory";
import type { BridgeView, GroupView } from "./decide/observation";

/**
 * What the keeper of a pool remembers and says of itself: object `state.json`. Only the holder writes it, before it does
 * anything. Times named `at` are ISO 8601, for people.
 */
export interface KeeperState {
  /** The process that acts: an id that it drew at its start. Empty when it left in good order. */
  readonly holder: string;
  /** Rises by one with each write. */
  readonly beat: number;
  readonly at: string;
  /** The same moment by the clock that `memory` counts with. */
  readonly now: number;
  readonly mode: "act" | "observe";
  readonly intervalSeconds: number;
  readonly memory: Memory;
  /** What the last decision said. */
  readonly summary: string;
  /** Why the last round did nothing, or failed; null when all is well. */
  readonly problem: string | null;
  readonly group: GroupView | null;
  readonly bridges: readonly BridgeState[];
  /** The last ones, oldest first. */
  readonly decisions: readonly DecisionState[];
}

export interface BridgeState extends Pick<BridgeView, "id" | "phase" | "ageSeconds"> {
  readonly stress: number | null;
  readonly localEndpoints: number | null;
  readonly drain: Drain | null;
  /** Sentence for people. */
  readonly state: string;
}

export interface DecisionState {
  readonly at: string;
  readonly kind: string;
  readonly bridge?: string;
  readonly reason: string;
  /** False as long as nobody knows that it was done; always false when the keeper only observes. */
  readonly done: boolean;
}

/** The state as it is stored, or a sentence that says what is wrong with it. */
export function parseState(text: string): KeeperState | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  if (!isRecord(json)) return "it is no JSON object";
  for (const [field, isRight] of Object.entries(FIELDS)) {
    if (!isRight(json[field])) return `${field} is missing, or not what it should be`;
  }
  return json as unknown as KeeperState;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isTime = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value));
const isNullOr = (isRight: (value: unknown) => boolean) => (value: unknown) =>
  value === null || isRight(value);
const isMissingOr = (isRight: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || isRight(value);
const isListOf = (isRight: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(isRight);

const isDrain = (value: unknown): boolean =>
  isRecord(value) &&
  isNumber(value["since"]) &&
  ["scale-in", "renewal", "order"].includes(value["why"] as string) &&
  ["emptySince", "movedAt", "shutdownAt"].every((field) => isMissingOr(isNumber)(value[field]));

const isMemory = (value: unknown): boolean =>
  isRecord(value) &&
  isRecord(value["drains"]) &&
  Object.values(value["drains"]).every(isDrain) &&
  isMissingOr(isNumber)(value["surplusSince"]);

const isGroup = (value: unknown): boolean =>
  isRecord(value) &&
  isNumber(value["target"]) &&
  isNumber(value["min"]) &&
  isNumber(value["max"]) &&
  isText(value["template"]) &&
  isMissingOr(isNumber)(value["recommended"]) &&
  isMissingOr(isText)(value["release"]);

const isBridge = (value: unknown): boolean =>
  isRecord(value) &&
  isText(value["id"]) &&
  isNumber(value["ageSeconds"]) &&
  isText(value["phase"]) &&
  isNullOr(isNumber)(value["stress"]) &&
  isNullOr(isNumber)(value["localEndpoints"]) &&
  isNullOr(isDrain)(value["drain"]) &&
  isText(value["state"]);

const isDecision = (value: unknown): boolean =>
  isRecord(value) &&
  isTime(value["at"]) &&
  isText(value["kind"]) &&
  isMissingOr(isText)(value["bridge"]) &&
  isText(value["reason"]) &&
  typeof value["done"] === "boolean";

const FIELDS: Readonly<Record<keyof KeeperState, (value: unknown) => boolean>> = {
  holder: isText,
  beat: isNumber,
  at: isTime,
  now: isNumber,
  mode: (value) => value === "act" || value === "observe",
  intervalSeconds: isNumber,
  memory: isMemory,
  summary: isText,
  problem: isNullOr(isText),
  group: isNullOr(isGroup),
  bridges: isListOf(isBridge),
  decisions: isListOf(isDecision),
};

/** The same memory as another clock tells it. */
export function shifted(memory: Memory, seconds: number): Memory {
  const { surplusSince } = memory;
  const shift = ({ since, why, emptySince, movedAt, shutdownAt }: Drain): Drain => ({
    since: since + seconds,
    why,
    ...(emptySince !== undefined && { emptySince: emptySince + seconds }),
    ...(movedAt !== undefined && { movedAt: movedAt + seconds }),
    ...(shutdownAt !== undefined && { shutdownAt: shutdownAt + seconds }),
  });
  return {
    drains: Object.fromEntries(Object.entries(memory.drains).map(([id, drain]) => [id, shift(drain)])),
    ...(surplusSince !== undefined && { surplusSince: surplusSince + seconds }),
  };
}
