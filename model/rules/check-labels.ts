import type { Account, Customer, Pool } from "../fleet";
import type { EntityRef, Problem } from "../problem";
import { quoted } from "../quoted";
import { atAccount, atCustomer, atPool } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import type { Rule } from "./rule";

/** Labels of one Google Cloud resource. */
const LABELS_PER_RESOURCE = 64;

/** Kept for the `fleet-*` labels of this project and the provider's own `goog-terraform-provisioned`. */
const RESERVED = 8;

/** Characters of a Linode tag (Linode API v4), which is a label as `key:value`. */
const LONGEST_TAG = 50;

type Labels = Readonly<Record<string, string>>;

/** The labels of an account and of what runs in it, together, are as many and as long as its clouds take. */
export const checkLabels: Rule = (fleet) => {
  const { accounts } = indexFleet(fleet);
  const labelsOf = (entity: Customer | Pool) => accounts.get(entity.account)?.labels ?? {};
  return [
    ...fleet.accounts.flatMap((account) => checkCount(atAccount(account), {}, account.labels)),
    ...fleet.customers.flatMap((entity) => checkCount(atCustomer(entity), labelsOf(entity), entity.labels)),
    ...fleet.pools.flatMap((entity) => checkCount(atPool(entity), labelsOf(entity), entity.labels)),
    ...checkTags(fleet.accounts, fleet.pools),
  ];
};

function checkCount(at: EntityRef, inherited: Labels, own: Labels): Problem[] {
  const keys = Object.keys(own);
  // An account with too many is told once, not again in each of its files.
  if (keys.length === 0) return [];
  const allowed = LABELS_PER_RESOURCE - RESERVED;
  const count = new Set([...Object.keys(inherited), ...keys]).size;
  if (count <= allowed) return [];
  return [
    {
      at,
      path: ["labels"],
      message:
        `${count} labels are more than the ${LABELS_PER_RESOURCE} of Google Cloud leave beside our own; ` +
        `allowed: at most ${allowed}; remove some`,
    },
  ];
}

function checkTags(accounts: readonly Account[], pools: readonly Pool[]): Problem[] {
  const linodePools = pools.filter(({ cloud }) => cloud === "linode");
  const withLinodes = new Set(linodePools.map(({ account }) => account));
  return [
    ...accounts
      .filter(({ id }) => withLinodes.has(id))
      .flatMap((account) => tagProblems(atAccount(account), account.labels)),
    ...linodePools.flatMap((pool) => tagProblems(atPool(pool), pool.labels)),
  ];
}

const tagProblems = (at: EntityRef, labels: Labels): Problem[] =>
  Object.entries(labels).flatMap(([key, value]) => {
    const tag = `${key}:${value}`;
    if (tag.length <= LONGEST_TAG) return [];
    return [
      {
        at,
        path: ["labels", key],
        message:
          `${quoted(tag)} has ${tag.length} characters as a tag of a Linode; allowed: at most ${LONGEST_TAG}; ` +
          `shorten it by ${tag.length - LONGEST_TAG}`,
      },
    ];
  });
