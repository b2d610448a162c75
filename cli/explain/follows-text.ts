import { OVERLOAD_STRESS } from "../../model/capacity";
import { wrapped } from "../table";
import type { Entity } from "./find-entity";
import type {
  AccountFollows,
  Bounds,
  BridgesFollow,
  CustomerFollows,
  Follows,
  Machine,
  PoolFollows,
} from "./follows";

/** What a line is about, and what it says. */
type Row = readonly [string, string];

/** What follows from the settings, a line for each. */
export function followsText(entity: Entity, follows: Follows, width: number): readonly string[] {
  const rows = rowsOf(entity, follows);
  const longest = Math.max(...rows.map(([about]) => about.length));
  return rows.flatMap(([about, says], index) => {
    const before = index > 0 && rows[index - 1]![0] === about ? "" : about;
    return wrapped(says, Math.max(30, width - longest - 4)).map(
      (line, at) => `  ${(at === 0 ? before : "").padEnd(longest)}  ${line}`,
    );
  });
}

function rowsOf(entity: Entity, follows: Follows): readonly Row[] {
  if (entity.kind === "customer") return customerRows(follows as CustomerFollows);
  return entity.kind === "pool" ? poolRows(follows as PoolFollows) : accountRows(follows as AccountFollows);
}

const customerRows = (follows: CustomerFollows): readonly Row[] => [
  ["address", follows.url],
  ["server", `${follows.server.name} in ${follows.server.region}, ${machineText(follows.server.machine)}`],
  ...Object.values(follows.images).map((image): Row => ["images", image]),
  ...follows.pools.map((pool): Row => ["bridges", `${pool.name}: ${poolText(pool)}`]),
  ...(follows.pools.length > 1
    ? [["bridges", `together ${boundsText(follows.bridges)}, ${capacityText(follows.participants)}`] as const]
    : []),
  ...follows.regionGroups.map((group): Row => ["near each other", group.join(", ")]),
  ["keeper of", follows.keeps.join(", ") || "no pool"],
  ["stacks", follows.stacks.join(", ")],
];

const poolRows = (follows: PoolFollows): readonly Row[] => [
  ["bridges", poolText({ ...follows, serves: [] })],
  ["home", follows.home],
  ["image", follows.image],
  ["stacks", follows.stacks.join(", ")],
];

const accountRows = (follows: AccountFollows): readonly Row[] => [
  ["customers", follows.customers.join(", ") || "none"],
  ["pools", follows.pools.join(", ") || "none"],
  ...(follows.artifactsBucket === null ? [] : [["artifacts bucket", follows.artifactsBucket] as const]),
  ["stacks", follows.stacks.join(", ") || "none"],
];

/** See model/capacity.ts: from that stress on Jicofo avoids a bridge. */
const GUESS = `a guess, up to stress ${OVERLOAD_STRESS}`;

const poolText = ({ region, machine, bridges, participants, serves }: BridgesFollow): string =>
  `${boundsText(bridges)} in ${region}, each ${machineText(machine)}; ${capacityText(participants)}` +
  (serves.length > 1 ? `, shared by ${serves.length} customers` : "");

const machineText = ({ type, vcpus, memoryGb }: Machine): string =>
  `${type} (${vcpus} processors, ${memoryGb} GB)`;

const boundsText = ({ min, max }: Bounds): string => (min === max ? String(min) : `${min} to ${max}`);

const capacityText = (participants: Bounds): string =>
  `about ${boundsText(participants)} participants (${GUESS})`;
