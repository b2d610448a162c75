import type { Command } from "commander";
import { isInForce, type Pause } from "../../keeper/orders";
import { parseDuration, timeText } from "../keeper/duration";
import type { KeptPool } from "../keeper/find-kept-pool";
import type { KeeperStore } from "../keeper/keeper-store";
import { orderAnswer } from "../keeper/order-result";
import { orderedBy } from "../keeper/ordered-by";
import { whatFollows } from "../keeper/what-follows";
import { type KeeperAnswer, type KeeperOptions, withKeeper } from "../keeper/with-keeper";
import { EXIT, type ExitCode, type Terminal } from "../terminal";

interface PauseOptions extends KeeperOptions {
  readonly for?: string;
  readonly reason?: string;
}

const PAUSE_EXAMPLES = `
Examples:
  npx fleet keeper pause acme/eu-burst --for 2h --reason "all-hands at ten"
  npx fleet keeper pause acme/eu-burst
  npx fleet keeper pause acme/eu-burst --for 1d --json | jq .orders.paused.until

The keeper takes back what it has drained, then drains, moves and removes nothing. What people ordered to be drained
stays so, and the autoscaler goes on adding bridges. A second pause takes the place of the first.

Ends with 0, with 1 when the keeper cannot be told, with 2 when it was called wrongly.
`;

const RESUME_EXAMPLES = `
Examples:
  npx fleet keeper resume acme/eu-burst

Ends with 0, also when it was not paused, with 1 when the keeper cannot be told, with 2 when it was called wrongly.
`;

/** `fleet keeper pause` and `resume`. */
export function addKeeperPauseCommands(
  keeper: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  keeper
    .command("pause <pool>")
    .description(
      "Order that the keeper of <account>/<pool> takes back what it has drained, then does nothing at all.",
    )
    .option("--for <duration>", "for how long, such as 30m, 2h or 1d (default: until it is resumed)")
    .option("--reason <text>", "why, for those who find it paused")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", PAUSE_EXAMPLES)
    .action(async (name: string, options: PauseOptions) => {
      const seconds = options.for === undefined ? undefined : parseDuration(options.for);
      if (typeof seconds === "string") {
        terminal.err(`${seconds}.\n`);
        return finish(EXIT.usage);
      }
      finish(
        await withKeeper(name, options, terminal, (kept, store) => pause(kept, store, options, seconds)),
      );
    });
  keeper
    .command("resume <pool>")
    .description("End a pause of the keeper of <account>/<pool>.")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", RESUME_EXAMPLES)
    .action(async (name: string, options: KeeperOptions) =>
      finish(await withKeeper(name, options, terminal, resume)),
    );
}

async function pause(
  kept: KeptPool,
  store: KeeperStore,
  options: PauseOptions,
  seconds: number | undefined,
): Promise<KeeperAnswer> {
  const { name } = kept;
  const read = await store.readState();
  const now = Date.now();
  const paused: Pause = {
    by: orderedBy(process.env),
    at: new Date(now).toISOString(),
    until: seconds === undefined ? null : new Date(now + seconds * 1000).toISOString(),
    reason: options.reason ?? null,
  };
  const orders = await store.changeOrders((before) => ({ ...before, paused }));
  const end = paused.until === null ? "until it is resumed" : `until ${timeText(paused.until)}`;
  const notes = whatFollows(kept, read, { ...orders, paused: null }, now / 1000);
  return orderAnswer(
    { pool: name, changed: true, bridges: [], orders, notes },
    [
      `Ordered: the keeper of ${name} takes back what it has drained, then does nothing at all ${end}: it drains, moves ` +
        "and removes nothing. What people ordered to be drained stays so, what was told to leave leaves, and the " +
        "autoscaler goes on adding bridges.",
    ],
    [`npx fleet keeper resume ${name}`],
  );
}

async function resume(kept: KeptPool, store: KeeperStore): Promise<KeeperAnswer> {
  const read = await store.readState();
  const now = Date.now() / 1000;
  let was = false;
  const orders = await store.changeOrders((before) => {
    was = isInForce(before.paused, now);
    return { ...before, paused: null };
  });
  const notes = was ? whatFollows(kept, read, orders, now) : [];
  return orderAnswer({ pool: kept.name, changed: was, bridges: [], orders, notes }, [
    was ? `The keeper of ${kept.name} goes on.` : `The keeper of ${kept.name} was not paused.`,
  ]);
}
