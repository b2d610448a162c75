import type { KeeperPool } from "../model/keeper-file";
import type { Google } from "./clients/google";
import { ObjectStore, type StoredObject } from "./clients/object-store";
import type { Patience } from "./clients/with-retries";
import { NO_ORDERS, type OrdersFile, parseOrders } from "./orders";
import type { KeeperState } from "./state";

/** Names of a pool's objects, below its prefix. */
export const STATE_OBJECT = "state.json";
export const ORDERS_OBJECT = "orders.json";

/** What the keeper of a pool keeps in Cloud Storage, and what people told it there. */
export class PoolStore {
  private readonly objects: ObjectStore;
  private readonly prefix: string;

  /** @param endpoint Cloud Storage, without a path */
  constructor(
    private readonly google: Google,
    endpoint: string,
    { bucket, prefix }: KeeperPool["store"],
  ) {
    this.objects = new ObjectStore(endpoint, bucket);
    this.prefix = prefix;
  }

  /** @throws RequestProblem */
  readState(patience: Patience): Promise<StoredObject> {
    return this.objects.read(this.prefix + STATE_OBJECT, this.sender(patience));
  }

  /** @throws RequestProblem */
  readOrders(patience: Patience): Promise<StoredObject> {
    return this.objects.read(this.prefix + ORDERS_OBJECT, this.sender(patience));
  }

  /**
   * @param generation the one that was read
   * @returns the new generation; undefined when somebody else wrote meanwhile
   * @throws RequestProblem; then nobody knows whether it was written
   */
  writeState(state: KeeperState, generation: string, patience: Patience): Promise<string | undefined> {
    return this.objects.write(
      this.prefix + STATE_OBJECT,
      JSON.stringify(state),
      generation,
      this.sender(patience),
    );
  }

  private sender(patience: Patience) {
    return (call: Parameters<Google["call"]>[0], accepted: readonly number[]) =>
      this.google.call(call, patience, accepted);
  }
}

/** What people ordered, or a sentence that says why nobody knows. No object is no orders. */
export function ordersIn(
  orders: Pick<StoredObject, "text" | "isRefused">,
  state: Pick<StoredObject, "isRefused">,
): OrdersFile | string {
  // Who may read the one may read the other, so what is refused then is not there.
  if (orders.isRefused && state.isRefused) return `${ORDERS_OBJECT} cannot be read: Cloud Storage refuses it`;
  if (orders.text === undefined) return NO_ORDERS;
  const parsed = parseOrders(orders.text);
  return typeof parsed === "string" ? `${ORDERS_OBJECT} is damaged: ${parsed}` : parsed;
}
