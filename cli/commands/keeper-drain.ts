import type { Command } from "commander";
import type { OrdersFile } from "../../keeper/orders";
import type { KeptPool } from "../keeper/find-kept-pool";
import { type KeeperStore, KeeperStoreProblem } from "../keeper/keeper-store";
import { orderAnswer } from "../keeper/order-result";
import { orderedBy } from "../keeper/ordered-by";
import { silence } from "../keeper/silence";
import { whatFollows } from "../keeper/what-follows";
import { type KeeperAnswer, type KeeperOptions, withKeeper, WrongCall } from "../keeper/with-keeper";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { unknownName } from "../unknown-name";

interface DrainOptions extends KeeperOptions {
  readonly bridge: string;
}

interface UndrainOptions extends KeeperOptions {
  readonly bridge?: string;
  readonly all?: true;
}

const DRAIN_EXAMPLES = `
Examples:
  npx fleet keeper drain acme/eu-burst --bridge acme-eu-burst-x7k2
  npx fleet keeper drain acme/eu-burst --bridge acme-eu-burst-x7k2 --json | jq .notes

Calls on the bridge go on. The machine stays until the order is taken back with fleet keeper undrain. The names of the
machines are in fleet keeper status.

Ends with 0, with 1 when the keeper cannot be told or has never said anything, with 2 when it was called wrongly.
`;

const UNDRAIN_EXAMPLES = `
Examples:
  npx fleet keeper undrain acme/eu-burst --bridge acme-eu-burst-x7k2
  npx fleet keeper undrain acme/eu-burst --all

Whether a bridge takes calls again, or goes because it is one too many, is the keeper's to decide from then on.

Ends with 0, with 1 when the keeper cannot be told, with 2 when it was called wrongly.
`;

/** `fleet keeper drain` and `undrain`: bridges that take no new calls because people want it. */
export function addKeeperDrainCommands(
  keeper: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  keeper
    .command("drain <pool>")
    .description("Order that a bridge of <account>/<pool> takes no new calls, and stays.")
    .requiredOption("--bridge <machine>", "name of the machine")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", DRAIN_EXAMPLES)
    .action(async (name: string, options: DrainOptions) => {
      finish(await withKeeper(name, options, terminal, (kept, store) => drain(kept, store, options.bridge)));
    });
  keeper
    .command("undrain <pool>")
    .description("Take back the order that a bridge takes no new calls.")
    .option("--bridge <machine>", "name of the machine")
    .option("--all", "all orders of the pool")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", UNDRAIN_EXAMPLES)
    .action(async (name: string, options: UndrainOptions) => {
      if ((options.bridge === undefined) === (options.all === undefined)) {
        terminal.err("Either --bridge <machine> or --all: choose one.\n");
        return finish(EXIT.usage);
      }
      finish(
        await withKeeper(name, options, terminal, (kept, store) => undrain(kept, store, options.bridge)),
      );
    });
}

async function drain(kept: KeptPool, store: KeeperStore, bridge: string): Promise<KeeperAnswer> {
  const read = await store.readState();
  if (!read.state) throw new KeeperStoreProblem(silence(read, kept)!.replace(/\.$/, ""));
  const names = read.state.bridges.map(({ id }) => id);
  if (!names.includes(bridge)) throw new WrongCall(unknownName("bridge", bridge, names));
  let was = false;
  const order = { bridge, by: orderedBy(process.env), at: new Date().toISOString() };
  const orders = await store.changeOrders((before) => {
    was = before.drain.some((each) => each.bridge === bridge);
    return was ? before : { ...before, drain: [...before.drain, order] };
  });
  const notes = whatFollows(kept, read, orders, Date.now() / 1000);
  return orderAnswer(
    { pool: kept.name, changed: !was, bridges: [bridge], orders, notes },
    [
      was
        ? `That ${bridge} takes no new calls is ordered already.`
        : `Ordered: ${bridge} takes no new calls; those on it go on, and the machine stays until the order is taken back.`,
    ],
    [`npx fleet keeper undrain ${kept.name} --bridge ${bridge}`],
  );
}

async function undrain(
  kept: KeptPool,
  store: KeeperStore,
  bridge: string | undefined,
): Promise<KeeperAnswer> {
  const read = await store.readState();
  let gone: readonly string[] = [];
  const orders = await store.changeOrders((before): OrdersFile => {
    const ordered = before.drain.map((each) => each.bridge);
    if (bridge !== undefined && !ordered.includes(bridge))
      throw new WrongCall(unknownName("bridge that is drained by an order", bridge, ordered));
    gone = bridge === undefined ? ordered : [bridge];
    return { ...before, drain: before.drain.filter((each) => !gone.includes(each.bridge)) };
  });
  const changed = gone.length > 0;
  const notes = changed ? whatFollows(kept, read, orders, Date.now() / 1000) : [];
  return orderAnswer({ pool: kept.name, changed, bridges: gone, orders, notes }, [
    changed
      ? `Taken back: ${gone.join(", ")}. Whether a bridge takes calls again, or goes because it is one too many, is the ` +
        "keeper's to decide from then on."
      : "No bridge was drained by an order.",
  ]);
}
