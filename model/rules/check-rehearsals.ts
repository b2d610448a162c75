import type { Account } from "../fleet";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atAccount, atPool } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import type { Rule } from "./rule";

const ENDING = "-rehearsal";

/**
 * In a rehearsal account nobody verifies certificates. No account becomes one by a slip: the state bucket, which holds
 * all that an account has, must be called so, and its bridges and those of other accounts never serve one customer.
 */
export const checkRehearsals: Rule = (fleet) => {
  const { accounts, servedBy } = indexFleet(fleet);
  return [
    ...fleet.accounts.filter(({ rehearsal }) => rehearsal).flatMap(checkBucket),
    ...fleet.pools.flatMap((pool) =>
      pool.serves.flatMap((id, index): Problem[] => {
        const customer = servedBy(pool, id);
        const [own, other] = [accounts.get(pool.account), customer && accounts.get(customer.account)];
        if (!own || !other || own.rehearsal === other.rehearsal) return [];
        const [trial, real] = own.rehearsal ? [own, other] : [other, own];
        const message =
          `${quoted(id)} is a customer of ${other.id}; ${trial.id} is a rehearsal, where nobody verifies certificates, ` +
          `and ${real.id} is not; allowed: customers of ${own.id}; serve ${id} from a pool of ${other.id}`;
        return [{ at: atPool(pool), path: ["serves", index], message }];
      }),
    ),
  ];
};

const checkBucket = (account: Account): Problem[] => {
  const { bucket } = account.state;
  if (bucket.endsWith(ENDING)) return [];
  const message =
    `the state of ${account.id} is in ${quoted(bucket)}, as that of real customers is; allowed: a bucket whose name ends ` +
    `in ${ENDING}, for an account that has nothing else; leave rehearsal out, or rehearse in an account of its own`;
  return [{ at: atAccount(account), path: ["rehearsal"], message }];
};
