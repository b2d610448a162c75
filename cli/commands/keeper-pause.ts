import type { Command } from "commander";
import { isInForce, type Pause } from "../../keeper/orders";
import { parseDuration, timeText } from "../keeper/duration";
import { orderedBy } from "../keeper/ordered-by";
import { whatFollows } from "../keeper/what-follows";
import { withKeeper } from "../keeper/with-keeper";
import { EXIT, type ExitCode, type Terminal } from "../terminal";

interface PauseOptions {
  readonly accounts: string;
  readonly for?: string;
  readonly reason?: string;
}

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
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .action(async (name: string, options: PauseOptions) => {
      const seconds = options.for === undefined ? undefined : parseDuration(options.for);
      if (typeof seconds === "string") {
        terminal.err(`${seconds}.\n`);
        return finish(EXIT.usage);
      }
      finish(await pause(name, options, seconds, terminal));
    });
  keeper
    .command("resume <pool>")
    .description("End a pause.")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .action(async (name: string, options: { readonly accounts: string }) => {
      finish(await resume(name, options, terminal));
    });
}

const pause = (
  name: string,
  options: PauseOptions,
  seconds: number | undefined,
  terminal: Terminal,
): Promise<ExitCode> =>
  withKeeper(name, options, terminal, async (kept, store) => {
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
    terminal.out(
      [
        `Ordered: the keeper of ${name} takes back what it has drained, then does nothing at all ${end}: it drains, moves ` +
          "and removes nothing. What people ordered to be drained stays so, what was told to leave leaves, and the " +
          "autoscaler goes on adding bridges.",
        ...whatFollows(kept, read, { ...orders, paused: null }, now / 1000),
        `npx fleet keeper resume ${name}`,
        "",
      ].join("\n"),
    );
    return EXIT.success;
  });

const resume = (
  name: string,
  options: { readonly accounts: string },
  terminal: Terminal,
): Promise<ExitCode> =>
  withKeeper(name, options, terminal, async (kept, store) => {
    const read = await store.readState();
    const now = Date.now() / 1000;
    let was = false;
    const orders = await store.changeOrders((before) => {
      was = isInForce(before.paused, now);
      return { ...before, paused: null };
    });
    const lines = was
      ? [`The keeper of ${name} goes on.`, ...whatFollows(kept, read, orders, now)]
      : [`The keeper of ${name} was not paused.`];
    terminal.out(`${lines.join("\n")}\n`);
    return EXIT.success;
  });
