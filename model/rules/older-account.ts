import type { Account, Fleet } from "../fleet";
import { accountStackId, bridgesStackId } from "../names";

/** Why an account is taken for the original and another one for its copy. */
export type Evidence = "synthesized" | "names" | "told";

interface Ages {
  readonly copies: ReadonlySet<string>;
  readonly synthesized: ReadonlySet<string>;
  /** Values that two accounts share and that hold the account's own name, by account. */
  readonly namedIn: ReadonlyMap<string, number>;
}

const known = new WeakMap<Fleet, Ages>();

/**
 * Compares two accounts, the older one first. A copied folder is equal to its original, so the answer lies elsewhere:
 * an account with synthesized stacks was there before one without; `acme-meet-prod` in `acme` and in `beta` was written
 * for `acme`. What a person says of copies goes before both. Where nothing tells, the order of the names keeps the
 * messages the same from run to run.
 */
export const byAge =
  (fleet: Fleet) =>
  (a: string, b: string): number => {
    const { copies, synthesized, namedIn } = agesOf(fleet);
    return (
      Number(copies.has(a)) - Number(copies.has(b)) ||
      Number(synthesized.has(b)) - Number(synthesized.has(a)) ||
      (namedIn.get(b) ?? 0) - (namedIn.get(a) ?? 0) ||
      (a < b ? -1 : a > b ? 1 : 0)
    );
  };

/** Entities of accounts, those of the oldest first, otherwise in their order. */
export function oldestFirst<T>(fleet: Fleet, entities: readonly T[], accountOf: (entity: T) => string): T[] {
  const compare = byAge(fleet);
  return [...entities].sort((a, b) => compare(accountOf(a), accountOf(b)));
}

/** What tells that one account was there before another; undefined when nothing does. */
export function evidence(fleet: Fleet, older: string, younger: string): Evidence | undefined {
  const { copies, synthesized, namedIn } = agesOf(fleet);
  if (synthesized.has(older) && !synthesized.has(younger)) return "synthesized";
  const isUndecided = synthesized.has(older) === synthesized.has(younger);
  if (isUndecided && (namedIn.get(older) ?? 0) > (namedIn.get(younger) ?? 0)) return "names";
  return copies.has(younger) && !copies.has(older) ? "told" : undefined;
}

function agesOf(fleet: Fleet): Ages {
  const found = known.get(fleet) ?? {
    copies: fleet.copies ?? new Set(),
    synthesized: synthesizedAccounts(fleet),
    namedIn: countNames(fleet.accounts),
  };
  known.set(fleet, found);
  return found;
}

function synthesizedAccounts({ accounts, pools, synthesized }: Fleet): ReadonlySet<string> {
  const stacks = synthesized ?? new Set<string>();
  return new Set([
    ...accounts.map(({ id }) => id).filter((id) => stacks.has(accountStackId({ id }))),
    ...pools.filter((pool) => stacks.has(bridgesStackId(pool))).map(({ account }) => account),
  ]);
}

function countNames(accounts: readonly Account[]): ReadonlyMap<string, number> {
  const holders = new Map<string, Account[]>();
  for (const account of accounts) {
    for (const value of tellingValues(account)) holders.set(value, [...(holders.get(value) ?? []), account]);
  }
  const counts = new Map<string, number>();
  for (const [value, sharing] of holders) {
    if (sharing.length < 2) continue;
    for (const { id } of sharing.filter((account) => isNamed(value, account.id)))
      counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** What people name after their account. */
const tellingValues = ({ gcp, state, dns, operators, labels }: Account): ReadonlySet<string> =>
  new Set([
    ...(gcp ? [gcp.project] : []),
    state.bucket,
    ...(dns ? [dns.domain, dns.managedZone] : []),
    operators.email,
    ...Object.values(labels),
  ]);

/** True for `acme-meet-prod` and `meet.acme.example` of `acme`, not for `acmeville`. */
const isNamed = (value: string, id: string): boolean =>
  new RegExp(`(?<![a-z0-9])${id}(?![a-z0-9])`).test(value);
