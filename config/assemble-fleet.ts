import { buildCatalog } from "../model/catalog";
import type { Account, Customer, Fleet, Pool } from "../model/fleet";
import type { EntityRef } from "../model/problem";
import type { CustomerSettings } from "../model/schema/customer";
import { type CatalogExtra, defaultsFileSchema } from "../model/schema/defaults";
import { dnsNameSchema } from "../model/schema/fields";
import type { Broken } from "../model/rules/rule";
import { DocumentMerger } from "./merge-documents";
import type { ProblemList } from "./problem-list";
import type { ReadDocument } from "./read-document";
import { showText } from "./show-value";
import { suggestId } from "./suggest-id";
import { type MapNode, plainOf } from "./yaml-node";

export interface Assembly {
  /** What could be parsed. */
  readonly fleet: Fleet;
  readonly broken: Broken;
  /** False when the names that `catalog.extra` admits are unknown, so that no rule can judge names. */
  readonly catalogKnown: boolean;
  /** Merged documents by `refKey`. */
  readonly merged: ReadonlyMap<string, MapNode>;
}

/** Merges and parses every entity. One that cannot be parsed, or whose account cannot, is broken. */
export function assembleFleet(documents: readonly ReadDocument[], problems: ProblemList): Assembly {
  const merger = new DocumentMerger(problems);
  const defaults = documents.find(({ kind }) => kind === "defaults");
  const defaultsUsable = !defaults || defaults.root !== undefined;
  const accountRoots = new Map<string, MapNode>();
  const accounts = new Map<string, Account>();
  const customers: Customer[] = [];
  const pools: Pool[] = [];
  const broken = { accounts: new Set<string>(), customers: new Set<string>(), pools: new Set<string>() };

  for (const { kind, id, root, named } of documents) {
    if (kind !== "account") continue;
    if (root && defaultsUsable) accountRoots.set(id, root);
    const settings =
      root && defaultsUsable ? merger.account({ kind, account: id }, root, defaults?.root) : undefined;
    if (settings && named) accounts.set(id, { ...settings, id });
  }

  for (const { kind, account: accountId, id, root, named } of documents) {
    if (kind !== "customer" && kind !== "pool") continue;
    const account = accounts.get(accountId);
    const accountRoot = accountRoots.get(accountId);
    const layers = accountRoot && { defaults: defaults?.root, account: accountRoot };
    if (!account) broken.accounts.add(accountId);
    if (kind === "customer") {
      const at: EntityRef = { kind, account: accountId, customer: id };
      const settings = root && layers && merger.customer(at, root, layers);
      const hostname = settings && account && root && resolveHostname(settings, id, account, root, problems);
      if (settings && hostname !== undefined && named)
        customers.push({ ...settings, hostname, id, account: accountId });
      else for (const absent of [id, suggestId(id) ?? id]) broken.customers.add(absent);
    } else {
      const settings = root && layers && merger.pool({ kind, account: accountId, pool: id }, root, layers);
      if (settings && account && named) pools.push({ ...settings, id, account: accountId });
      else broken.pools.add(`${accountId}/${id}`);
    }
  }
  for (const { kind, id } of documents) if (kind === "account" && !accounts.has(id)) broken.accounts.add(id);
  if (defaults?.root) merger.merged.set("defaults", defaults.root);

  const extra = defaults?.root ? catalogExtraOf(defaults.root) : {};
  return {
    fleet: {
      accounts: [...accounts.values()].sort(byAccountAndId),
      customers: customers.sort(byAccountAndId),
      pools: pools.sort(byAccountAndId),
      catalog: buildCatalog(extra),
    },
    broken,
    catalogKnown: defaultsUsable && extra !== undefined,
    merged: merger.merged,
  };
}

/** What `catalog.extra` admits; undefined when it is not valid, which is reported with its file. */
function catalogExtraOf(defaults: MapNode): CatalogExtra | undefined {
  const catalog = defaults.entries.get("catalog");
  if (!catalog) return {};
  const parsed = defaultsFileSchema.shape.catalog.safeParse(plainOf(catalog));
  return parsed.success ? (parsed.data?.extra ?? {}) : undefined;
}

/** The customer's own host name or `<id>.<dns.domain>`. */
function resolveHostname(
  settings: CustomerSettings,
  id: string,
  account: Account,
  own: MapNode,
  problems: ProblemList,
): string | undefined {
  if (settings.hostname !== undefined) return settings.hostname;
  if (!account.dns) {
    const message =
      "missing, and the account has no dns.domain to make one of; name the host, or add dns to account.yaml";
    problems.add(own.source, 0, ["hostname"], message);
    return undefined;
  }
  const hostname = `${id}.${account.dns.domain}`;
  const refused = dnsNameSchema.safeParse(hostname).error?.issues[0];
  if (!refused) return hostname;
  problems.add(
    own.source,
    0,
    ["hostname"],
    `${showText(hostname)} is made of id and dns.domain and not valid; ${refused.message}; name the host`,
  );
  return undefined;
}

interface Sortable {
  readonly id: string;
  readonly account?: string;
}

/** By code unit, the same on every machine. */
function byAccountAndId(a: Sortable, b: Sortable): number {
  const left = `${a.account ?? ""}/${a.id}`;
  const right = `${b.account ?? ""}/${b.id}`;
  return left < right ? -1 : left > right ? 1 : 0;
}
