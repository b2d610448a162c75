import type { Orders } from "./decide/observation";

/**
 * What people told the keeper of a pool: object `orders.json`, written by `fleet keeper`. Times are ISO 8601.
 */
export interface OrdersFile {
  readonly paused: Pause | null;
  /** Machines that shall take no new calls, and stay. */
  readonly drain: readonly DrainOrder[];
}

export interface Pause {
  readonly by: string;
  readonly at: string;
  /** null: until somebody resumes it. */
  readonly until: string | null;
  readonly reason: string | null;
}

export interface DrainOrder {
  /** Name of the machine. */
  readonly bridge: string;
  readonly by: string;
  readonly at: string;
}

export const NO_ORDERS: OrdersFile = { paused: null, drain: [] };

/** Orders as they are stored, or a sentence that says what is wrong with them. */
export function parseOrders(text: string): OrdersFile | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  if (!isRecord(json)) return "it is no JSON object";
  const { paused, drain } = json;
  if (paused !== null && !isPause(paused)) return "paused is neither null nor an order";
  if (!Array.isArray(drain) || !drain.every(isDrainOrder)) return "drain is no list of orders";
  return { paused, drain };
}

/** @param wall Unix time as the machine says it: people mean that one */
export const ordersAt = ({ paused, drain }: OrdersFile, wall: number): Orders => ({
  paused: isInForce(paused, wall),
  drain: drain.map(({ bridge }) => bridge),
});

export const isInForce = (paused: Pause | null, wall: number): paused is Pause =>
  paused !== null && (paused.until === null || wall < Date.parse(paused.until) / 1000);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isTime = (value: unknown): value is string =>
  typeof value === "string" && !Number.isNaN(Date.parse(value));

const isPause = (value: unknown): value is Pause =>
  isRecord(value) &&
  typeof value["by"] === "string" &&
  isTime(value["at"]) &&
  (value["until"] === null || isTime(value["until"])) &&
  (value["reason"] === null || typeof value["reason"] === "string");

const isDrainOrder = (value: unknown): value is DrainOrder =>
  isRecord(value) &&
  typeof value["bridge"] === "string" &&
  typeof value["by"] === "string" &&
  isTime(value["at"]);
