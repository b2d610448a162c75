import type { Account } from "../fleet";
import { artifactsBucketName } from "../names";
import { quoted } from "../quoted";
import { clashProblem } from "./clash";
import { atAccount } from "./entity-ref";
import { oldestFirst } from "./older-account";
import type { Rule } from "./rule";

const PATH = ["state", "bucket"];
const WAY_OUT = "allowed: a bucket that no other account uses; create one, then name it here";

/**
 * A state bucket belongs to one account: who deploys an account may write its bucket, and so every state in it. Stack
 * ids would keep the states of two accounts apart; a shared bucket is what a copied account.yaml leaves behind. Names of buckets are unique over all projects, so it is not
 * one of the buckets that accounts make for themselves either.
 */
export const checkUniqueStateBuckets: Rule = (fleet) => {
  const owners = new Map<string, Account>();
  const artifacts = new Map(
    fleet.accounts.flatMap(({ id, gcp }) => (gcp ? [[artifactsBucketName(gcp.project), id]] : [])),
  );
  return oldestFirst(fleet, fleet.accounts, ({ id }) => id).flatMap((account) => {
    const { bucket } = account.state;
    const made = artifacts.get(bucket);
    if (made !== undefined) {
      const message = `${quoted(bucket)} is the bucket that account ${made} makes for its keepers; ${WAY_OUT}`;
      return [{ at: atAccount(account), path: PATH, message }];
    }
    const owner = owners.get(bucket);
    if (!owner) {
      owners.set(bucket, account);
      return [];
    }
    return [
      clashProblem(fleet, {
        kind: "state-bucket",
        value: bucket,
        at: atAccount(account),
        path: PATH,
        owner: owner.id,
        ownerAt: atAccount(owner),
        ownerPath: PATH,
        wrong: `${quoted(bucket)} is already the state bucket of account ${owner.id}`,
        wayOut: WAY_OUT,
      }),
    ];
  });
};
