import type { OrdersFile } from "../../keeper/orders";
import type { KeeperAnswer } from "./with-keeper";

/** What `fleet keeper drain`, `undrain`, `pause` and `resume` print with `--json`. */
export interface KeeperOrderResult {
  /** `<account>/<pool>` */
  readonly pool: string;
  /** False when it was so already, and nothing was written. */
  readonly changed: boolean;
  /** Machines that are drained by order, or are no more, because of this call; none for a pause. */
  readonly bridges: readonly string[];
  /** All orders of the pool as they are now. */
  readonly orders: OrdersFile;
  /** When the keeper follows, and what stands in its way: sentences for people. */
  readonly notes: readonly string[];
}

/** @param lines for people, before the notes; `next` is a command, after them */
export const orderAnswer = (
  result: KeeperOrderResult,
  lines: readonly string[],
  next: readonly string[] = [],
): KeeperAnswer => ({ json: result, text: `${[...lines, ...result.notes, ...next].join("\n")}\n` });
