import { bridgesStackId } from "../names";
import type { Pool } from "../fleet";
import { quoted } from "../quoted";
import { atPool } from "./entity-ref";
import { oldestFirst } from "./older-account";
import type { Rule } from "./rule";

/**
 * Two pools never make one stack id: `bridges-a-b-c` is pool `c` of account `a-b` and pool `b-c` of account `a`.
 * The id is also the prefix of the state and the name of the stack's directory.
 */
export const checkUniqueStacks: Rule = (fleet) => {
  const owner = new Map<string, Pool>();
  return oldestFirst(fleet, fleet.pools, ({ account }) => account).flatMap((pool) => {
    const stack = bridgesStackId(pool);
    const first = owner.get(stack);
    if (!first) {
      owner.set(stack, pool);
      return [];
    }
    return [
      {
        at: atPool(pool),
        path: [],
        message:
          `${quoted(stack)} is already the stack of pool ${first.id} of account ${first.account}; ` +
          "allowed: a pool id that makes another stack id; rename this file",
      },
    ];
  });
};
