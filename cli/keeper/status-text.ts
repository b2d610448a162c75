import { isInForce, type OrdersFile } from "../../keeper/orders";
import type { BridgeState, KeeperState } from "../../keeper/state";
import { printable } from "../../model/quoted";
import { ageText, timeText } from "./duration";
import type { KeptPool } from "./find-kept-pool";
import type { ReadState } from "./keeper-store";

const DECISIONS_SHOWN = 10;

/** What the keeper of a pool says of itself, for people. @param now Unix time in seconds */
export function statusText(
  kept: KeptPool,
  { state, ageSeconds }: ReadState,
  orders: OrdersFile,
  silent: string | undefined,
  now: number,
): string {
  const parts = [
    state ? headText(kept, state, ageSeconds) : undefined,
    silent,
    ordersText(kept, orders, now),
    state && state.bridges.length > 0 ? bridgesText(state, ageSeconds) : undefined,
    state && state.decisions.length > 0 ? decisionsText(state) : undefined,
  ];
  return parts.flatMap((part) => (part === undefined ? [] : [`${part}\n`])).join("\n");
}

function headText({ name }: KeptPool, state: KeeperState, ageSeconds: number): string {
  const { mode, group, summary, problem } = state;
  const rows = [
    [
      name,
      mode === "act" ? "the keeper acts" : "the keeper observes: it says what it would do, and does nothing",
    ],
    ["said", `${ageText(ageSeconds)} ago${summary === "" ? "" : `: ${summary}`}`],
    ...(problem === null ? [] : [["problem", problem]]),
    ["group", group ? groupText(group) : "not seen"],
  ];
  return table(rows);
}

const groupText = ({
  target,
  recommended,
  min,
  max,
  template,
  release,
}: NonNullable<KeeperState["group"]>): string =>
  `${target} machines, the autoscaler would like ${recommended ?? "(not said)"}; at least ${min}, at most ${max}; ` +
  `new ones from ${template}${release === undefined ? "" : ` (${release})`}`;

function ordersText({ name }: KeptPool, { paused, drain }: OrdersFile, now: number): string {
  const lines: string[] = [];
  if (paused !== null) {
    const { by, at, until, reason } = paused;
    const end = until === null ? "until somebody resumes it" : `until ${timeText(until)}`;
    const why = reason === null ? "" : `: ${reason}`;
    const ordered = `by ${by} at ${timeText(at)}${why}`;
    lines.push(
      isInForce(paused, now)
        ? `paused ${end}, ${ordered}. npx fleet keeper resume ${name} ends it.`
        : `a pause is over since ${timeText(until ?? at)} (${ordered}).`,
    );
  }
  for (const { bridge, by, at } of drain)
    lines.push(`${bridge} shall take no new calls: by ${by} at ${timeText(at)}.`);
  return lines.length === 0
    ? "Nothing is ordered."
    : `Ordered:\n${lines.map((line) => `  ${printable(line)}`).join("\n")}`;
}

function bridgesText({ bridges, now }: KeeperState, ageSeconds: number): string {
  const rows = [...bridges]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((bridge) => [
      bridge.id,
      ageText(bridge.ageSeconds),
      bridge.stress === null ? "-" : bridge.stress.toFixed(2),
      bridge.localEndpoints === null ? "-" : String(bridge.localEndpoints),
      stateText(bridge, now + ageSeconds),
    ]);
  return table([["bridge", "age", "stress", "people", "state"], ...rows]);
}

/** With how long it has been so. @param now of the clock that the keeper's memory counts with */
function stateText({ drain, state }: BridgeState, now: number): string {
  if (!drain) return state;
  return `${state}, for ${ageText(Math.max(0, now - (drain.shutdownAt ?? drain.since)))}`;
}

function decisionsText({ decisions, mode }: KeeperState): string {
  const rows = decisions
    .slice(-DECISIONS_SHOWN)
    .reverse()
    .map(({ at, kind, bridge, reason, done }) => [
      timeText(at),
      kind,
      bridge ?? "",
      done ? "done" : mode === "observe" ? "only observed" : "not known to be done",
      reason,
    ]);
  return `Last decisions:\n${table(rows)}`;
}

/** Columns as wide as their widest text; the last one ends where it ends. */
function table(rows: readonly (readonly string[])[]): string {
  const texts = rows.map((row) => row.map(printable));
  const widths = texts[0]!.map((_, column) => Math.max(...texts.map((row) => row[column]!.length)));
  return texts
    .map((row) =>
      row
        .map((text, column) => (column === row.length - 1 ? text : text.padEnd(widths[column]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
