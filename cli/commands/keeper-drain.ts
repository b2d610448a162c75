import type { Command } from "commander";
import type { OrdersFile } from "../../keeper/orders";
import type { KeptPool } from "../keeper/find-kept-pool";
import type { KeeperStore } from "../keeper/keeper-store";
import { silence } from "../keeper/silence";
import { orderedBy } from "../keeper/ordered-by";
import { whatFollows } from "../keeper/what-follows";
import { withKeeper, WrongCall } from "../keeper/with-keeper";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { unknownName } from "../unknown-name";

interface DrainOptions {
  readonly accounts: string;
  readonly bridge: string;
}

interface UndrainOptions {
  readonly accounts: string;
  readonly bridge?: string;
  readonly all?: true;
}

/** `fleet keeper drain` and `undrain`: bridges that take no new calls because people want it. */
export function addKeeperDrainCommands(
  keeper: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  keeper
    .command("drain <pool>")
    .description("Order that a bridge of <account>/<pool> takes no new calls, and stays.")
    .requiredOption("--bridge <name>", "name of the machine")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .action(async (name: string, options: DrainOptions) => {
      finish(
        await withKeeper(name, options, terminal, (kept, store) =>
          drain(kept, store, options.bridge, terminal),
        ),
      );
    });
  keeper
    .command("undrain <pool>")
    .description("Take such an order back.")
    .option("--bridge <name>", "name of the machine")
    .option("--all", "all orders of the pool")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .action(async (name: string, options: UndrainOptions) => {
      if ((options.bridge === undefined) === (options.all === undefined)) {
        terminal.err("Either --bridge <name> or --all: choose one.\n");
        return finish(EXIT.usage);
      }
      finish(
        await withKeeper(name, options, terminal, (kept, store) =>
          undrain(kept, store, options.bridge, terminal),
        ),
      );
    });
}

async function drain(
  kept: KeptPool,
  store: KeeperStore,
  bridge: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const read = await store.readState();
  if (!read.state) {
    terminal.err(`${silence(read, kept)!}\n`);
    return EXIT.problems;
  }
  const names = read.state.bridges.map(({ id }) => id);
  if (!names.includes(bridge)) throw new WrongCall(unknownName("bridge", bridge, names));
  let was = false;
  const order = { bridge, by: orderedBy(process.env), at: new Date().toISOString() };
  const orders = await store.changeOrders((before) => {
    was = before.drain.some((each) => each.bridge === bridge);
    return was ? before : { ...before, drain: [...before.drain, order] };
  });
  terminal.out(
    [
      was
        ? `That ${bridge} takes no new calls is ordered already.`
        : `Ordered: ${bridge} takes no new calls; those on it go on, and the machine stays until the order is taken back.`,
      ...whatFollows(kept, read, orders, Date.now() / 1000),
      `npx fleet keeper undrain ${kept.name} --bridge ${bridge}`,
      "",
    ].join("\n"),
  );
  return EXIT.success;
}

async function undrain(
  kept: KeptPool,
  store: KeeperStore,
  bridge: string | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const read = await store.readState();
  let gone: readonly string[] = [];
  const orders = await store.changeOrders((before): OrdersFile => {
    const ordered = before.drain.map((each) => each.bridge);
    if (bridge !== undefined && !ordered.includes(bridge))
      throw new WrongCall(unknownName("bridge that is drained by an order", bridge, ordered));
    gone = bridge === undefined ? ordered : [bridge];
    return { ...before, drain: before.drain.filter((each) => !gone.includes(each.bridge)) };
  });
  const lines =
    gone.length === 0
      ? ["No bridge was drained by an order."]
      : [
          `Taken back: ${gone.join(", ")}. Whether a bridge takes calls again, or goes because it is one too many, is the ` +
            "keeper's to decide from then on.",
          ...whatFollows(kept, read, orders, Date.now() / 1000),
        ];
  terminal.out(`${lines.join("\n")}\n`);
  return EXIT.success;
}
