import { basename, dirname, resolve } from "node:path";
import type { Fleet, GcpPool } from "../../model/fleet";
import { unknownName } from "../unknown-name";

/**
 * The Google pool that somebody means: by its file (`accounts/acme/pools/eu-burst.yaml`) or its name (`acme/eu-burst`).
 * Else one line that says why there is none.
 *
 * @param accounts Directory of the accounts.
 */
export function findPool({ pools }: Pick<Fleet, "pools">, named: string, accounts: string): GcpPool | string {
  const name = nameOf(named, accounts);
  const pool = pools.find(({ account, id }) => `${account}/${id}` === name);
  if (!pool) {
    const simulated = pools.filter(({ cloud }) => cloud === "gcp");
    return unknownName(
      "Google pool",
      name,
      simulated.map(({ account, id }) => `${account}/${id}`),
    );
  }
  if (pool.cloud !== "gcp")
    return `${name} is a pool on Linode: its number of bridges stays, so there is nothing to simulate.\n`;
  return pool;
}

/** `<account>/<pool>` of a pool's file below the accounts; anything else stays as it is. */
function nameOf(named: string, accounts: string): string {
  const path = resolve(named);
  const folder = dirname(path);
  const account = dirname(folder);
  const isPool =
    path.endsWith(".yaml") && basename(folder) === "pools" && dirname(account) === resolve(accounts);
  return isPool ? `${basename(account)}/${basename(path, ".yaml")}` : named;
}
