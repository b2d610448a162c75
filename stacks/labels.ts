import type { Account } from "../model/fleet";
import { RELEASE_LABEL, releaseLabel } from "../model/names";

export type Labels = Readonly<Record<string, string>>;

/** What a resource is for, beside its account. */
export interface Purpose {
  readonly role: "account" | "server" | "bridge";
  readonly customer?: string;
  readonly pool?: string;
  /** Image tag that the machine runs. */
  readonly release?: string;
}

/** The labels of a resource, sorted: the account's, then the entity's own, then ours, which nothing overrides. */
export function labelsOf(account: Account, own: Labels, { role, customer, pool, release }: Purpose): Labels {
  const labels = {
    ...account.labels,
    ...own,
    "fleet-account": account.id,
    ...(customer !== undefined && { "fleet-customer": customer }),
    ...(pool !== undefined && { "fleet-pool": pool }),
    ...(release !== undefined && { [RELEASE_LABEL]: releaseLabel(release) }),
    "fleet-role": role,
  };
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same as Linode tags, `key:value`. */
export const tagsOf = (labels: Labels): string[] =>
  Object.entries(labels).map(([key, value]) => `${key}:${value}`);
