import type { LinodePool } from "../fleet";
import type { Problem } from "../problem";
import { clashProblem } from "./clash";
import { atPool } from "./entity-ref";
import { oldestFirst } from "./older-account";
import type { Rule } from "./rule";

const pathOf = (bridge: string) => ["bridges", bridge, "hostKey"];

/** A host key belongs to one machine: in a copied pool it is the original's, and every push would be refused. */
export const checkUniqueHostKeys: Rule = (fleet) => {
  const owners = new Map<string, { readonly pool: LinodePool; readonly bridge: string }>();
  return oldestFirst(fleet, fleet.pools, ({ account }) => account).flatMap((pool): Problem[] => {
    if (pool.cloud !== "linode") return [];
    return Object.entries(pool.bridges).flatMap(([bridge, { hostKey }]): Problem[] => {
      if (hostKey === undefined) return [];
      const [type, key] = hostKey.split(" ") as [string, string];
      const owner = owners.get(key);
      if (!owner) {
        owners.set(key, { pool, bridge });
        return [];
      }
      return [
        clashProblem(fleet, {
          kind: "host-key",
          value: `${type} ${key}`,
          at: atPool(pool),
          path: pathOf(bridge),
          owner: owner.pool.account,
          ownerAt: atPool(owner.pool),
          ownerPath: pathOf(owner.bridge),
          wrong:
            `it is already the host key of ${owner.bridge} of pool ${owner.pool.id} of account ` +
            owner.pool.account,
          wayOut: "allowed: the machine's own key; remove it until the machine is there",
        }),
      ];
    });
  });
};
