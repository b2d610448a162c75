import type { KeeperFile, KeeperPool } from "../model/keeper-file";
import type { MachineFiles } from "./machine-files";
import { none, type Verdict } from "./verdict";

/** What the keeper of a server is told. */
export const KEEPER_FILE = "/etc/fleet/keeper.json";

/** Every pool has alerts on the server of its home, whether a keeper looks after it or not. */
const alertsOf = (pool: string): string => `/etc/fleet/grafana/provisioning/alerting/rules-${pool}.yaml`;

/** What it means that a keeper begins or ends to act on a pool that is there before and after. */
export function keeperModes(before: MachineFiles, after: MachineFiles): Verdict[] {
  const [was, is] = [poolsActedOn(before), poolsActedOn(after)];
  return [...new Map([...was, ...is])].flatMap(([pool, each]): Verdict[] => {
    const stays = before.has(alertsOf(pool)) && after.has(alertsOf(pool));
    if (!stays || was.has(pool) === is.has(pool)) return [];
    const name = nameOf(each);
    return [{ ...(is.has(pool) ? begins(name) : ends(name)), at: [KEEPER_FILE] }];
  });
}

const begins = (name: string): Verdict => ({
  notice: "drains bridges",
  says: `the keeper of ${name} begins to act: it drains bridges that are too many or of an older template, if there are any`,
  instead: `Read first what it would do: \`npx fleet keeper status ${name}\`.`,
});

const ends = (name: string): Verdict =>
  none(`nothing removes or renews bridges of ${name} any more: those that load adds stay, and are paid for`);

/** By their tags; none where the file cannot be read: the keeper cannot either. */
export function poolsActedOn(files: MachineFiles): ReadonlyMap<string, KeeperPool> {
  try {
    const { pools = [] } = JSON.parse(files.get(KEEPER_FILE) ?? "{}") as Partial<KeeperFile>;
    return new Map(pools.filter(({ mode }) => mode === "act").map((pool) => [pool.pool, pool]));
  } catch {
    return new Map();
  }
}

/** `<account>/<pool>` */
export const nameOf = ({ pool, tags }: KeeperPool): string => {
  const account = tags["account"] ?? "";
  return pool.startsWith(`${account}-`) ? `${account}/${pool.slice(account.length + 1)}` : pool;
};
