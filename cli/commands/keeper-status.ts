import type { Command } from "commander";
import { isInForce, type OrdersFile } from "../../keeper/orders";
import type { KeeperState } from "../../keeper/state";
import { silence } from "../keeper/silence";
import { statusText } from "../keeper/status-text";
import { type KeeperOptions, withKeeper } from "../keeper/with-keeper";
import { EXIT, type ExitCode, type Terminal } from "../terminal";

/** What `fleet keeper status --json` prints. */
export interface KeeperStatus {
  /** `<account>/<pool>` */
  readonly pool: string;
  /** Why nobody keeps the pool at the moment; null when somebody does. */
  readonly silent: string | null;
  /** Since the keeper wrote its state; null when it never did. */
  readonly ageSeconds: number | null;
  /** Whether it is paused now. */
  readonly paused: boolean;
  readonly orders: OrdersFile;
  readonly state: KeeperState | null;
}

const EXAMPLES = `
Examples:
  npx fleet keeper status acme/eu-burst
  npx fleet keeper status acme/eu-burst --json | jq '.state.bridges[] | {id, state}'

Ends with 0, with 1 when nobody keeps the pool at the moment, or it cannot be read, with 2 when it was called wrongly.
`;

/** `fleet keeper status`: what the keeper sees, has done and is ordered. */
export function addKeeperStatusCommand(
  keeper: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  keeper
    .command("status <pool>")
    .description("Print what the keeper of <account>/<pool> sees, does and was ordered.")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action(async (name: string, options: KeeperOptions) => {
      finish(
        await withKeeper(name, options, terminal, async (kept, store) => {
          const read = await store.readState();
          const orders = await store.readOrders();
          const silent = silence(read, kept);
          const now = Date.now() / 1000;
          const status: KeeperStatus = {
            pool: name,
            silent: silent ?? null,
            ageSeconds: read.state ? Math.round(read.ageSeconds) : null,
            paused: isInForce(orders.paused, now),
            orders,
            state: read.state ?? null,
          };
          return {
            json: status,
            text: statusText(kept, read, orders, silent, now),
            code: silent === undefined ? EXIT.success : EXIT.problems,
          };
        }),
      );
    });
}
