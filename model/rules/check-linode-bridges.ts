import type { LinodePool } from "../fleet";
import { linodeBridgeId } from "../names";
import type { Problem } from "../problem";
import { atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** What is said of single bridges of a fixed pool is said of bridges that it has, and can be held. */
export const checkLinodeBridges: Rule = ({ accounts, pools }) => {
  const unpinned = new Set(
    accounts.flatMap(({ id, operators }) =>
      operators.bastion && operators.bastion.hostKey === undefined ? [id] : [],
    ),
  );
  return pools.flatMap((pool) =>
    pool.cloud === "linode"
      ? [
          ...checkDraining(pool),
          ...checkNumbers(pool),
          ...(unpinned.has(pool.account) ? checkHostKeys(pool) : []),
        ]
      : [],
  );
};

function checkDraining(pool: LinodePool): Problem[] {
  const { draining, size } = pool;
  if (draining <= size) return [];
  return [
    {
      at: atPool(pool),
      path: ["draining"],
      message: `${draining} is more than the pool has; allowed: 0 to ${size}; lower it together with size`,
    },
  ];
}

function checkNumbers(pool: LinodePool): Problem[] {
  const ids = new Set(Array.from({ length: pool.size }, (_, index) => linodeBridgeId(index + 1)));
  return Object.keys(pool.bridges)
    .filter((id) => !ids.has(id))
    .map((id) => ({
      at: atPool(pool),
      path: ["bridges", id],
      message: `the pool has no such bridge; allowed: bridge-1 to bridge-${pool.size}; remove the entry`,
    }));
}

/** Terraform holds the bastion against the machine's key, unless it is told the bastion's, too. */
function checkHostKeys(pool: LinodePool): Problem[] {
  return Object.entries(pool.bridges)
    .filter(([, { hostKey }]) => hostKey !== undefined)
    .map(([id]) => ({
      at: atPool(pool),
      path: ["bridges", id, "hostKey"],
      message:
        `the bastion of account ${pool.account} has no hostKey, and Terraform checks both or none; allowed: both; ` +
        `add operators.bastion.hostKey in accounts/${pool.account}/account.yaml`,
    }));
}
