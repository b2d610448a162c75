import { buildCatalog } from "../model/catalog";
import type { Account, Customer, Fleet, Pool } from "../model/fleet";
import { quoted } from "../model/quoted";
import type { CustomerSettings } from "../model/schema/customer";
import { type CatalogExtra, defaultsFileSchema } from "../model/schema/defaults";
import { dnsNameSchema } from "../model/schema/fields";
import type { OwnPrices } from "../model/schema/prices";
import type { Broken } from "../model/rules/rule";
import { DocumentMerger, type Layers } from "./merge-documents";
import type { ProblemList } from "./problem-list";
import { refKey } from "./provenance";
import type { ReadDocument } from "./read-document";
import type { WebFiles } from "./read-web-files";
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
  /** What each was merged of, the lowest layer first. */
  readonly layers: ReadonlyMap<string, readonly MapNode[]>;
}

/** Merges and parses every entity. One that cannot be parsed, or whose account cannot, is broken. */
export function assembleFleet(
  documents: readonly ReadDocument[],
  webFiles: WebFiles,
  problems: ProblemList,
): Assembly {
  const merger = new DocumentMerger(problems);
  const defaults = documents.find(({ kind }) => kind === "defaults");
  const defaultsReadable = !defaults || defaults.root !== undefined;
  const { accounts, layers } = defaultsReadable
    ? assembleAccounts(documents, defaults?.root, merger)
    : { accounts: new Map<string, Account>(), layers: new Map<string, Layers>() };

  const customers: Customer[] = [];
  const pools: Pool[] = [];
  const broken = { accounts: new Set<string>(), customers: new Set<string>(), pools: new Set<string>() };
  for (const { kind, account: accountId, id, root, named } of documents) {
    const account = accounts.get(accountId);
    const around = layers.get(accountId);
    if (kind !== "defaults" && !account) broken.accounts.add(accountId);
    if (kind === "customer") {
      const settings =
        root && around && merger.customer({ kind, account: accountId, customer: id }, root, around);
      const hostname =
        settings && account && resolveHostname(settings, { id, named }, account, root, problems);
      if (settings && hostname !== undefined && named) {
        const files = webFiles.get(`${accountId}/${id}`) ?? new Map<string, string>();
        customers.push({ ...settings, hostname, id, account: accountId, webFiles: files });
      } else {
        broken.customers.add(id).add(suggestId(id) ?? id); // others may serve it by the name that it should have
      }
    }
    if (kind === "pool") {
      const settings = root && around && merger.pool({ kind, account: accountId, pool: id }, root, around);
      if (settings && account && named) pools.push({ ...settings, id, account: accountId });
      else broken.pools.add(`${accountId}/${id}`);
    }
  }

  if (defaults?.root) merger.merged.set(refKey({ kind: "defaults" }), defaults.root);
  const extra = defaults?.root ? catalogExtraOf(defaults.root) : {};
  const prices = defaults?.root && ownPricesOf(defaults.root);
  return {
    fleet: {
      accounts: [...accounts.values()].sort(byId),
      customers: customers.sort((a, b) => compare(a.account, b.account) || byId(a, b)),
      pools: pools.sort((a, b) => compare(a.account, b.account) || byId(a, b)),
      catalog: buildCatalog(extra),
      ...(prices && { prices }),
    },
    broken,
    catalogKnown: defaultsReadable && extra !== undefined,
    merged: merger.merged,
    layers: merger.layers,
  };
}

/** The accounts that parse, and the layers of every account whose file can be read, each by id. */
function assembleAccounts(
  documents: readonly ReadDocument[],
  defaults: MapNode | undefined,
  merger: DocumentMerger,
): { readonly accounts: ReadonlyMap<string, Account>; readonly layers: ReadonlyMap<string, Layers> } {
  const accounts = new Map<string, Account>();
  const layers = new Map<string, Layers>();
  for (const { kind, id, root, named } of documents) {
    if (kind !== "account" || !root) continue;
    layers.set(id, { defaults, account: root });
    const settings = merger.account({ kind, account: id }, root, defaults);
    if (settings && named) accounts.set(id, { ...settings, id });
  }
  return { accounts, layers };
}

/** What `catalog.extra` admits; undefined when it is not valid, which is reported with its file. */
function catalogExtraOf(defaults: MapNode): CatalogExtra | undefined {
  const catalog = defaults.entries.get("catalog");
  if (!catalog) return {};
  const parsed = defaultsFileSchema.shape.catalog.safeParse(plainOf(catalog));
  return parsed.success ? (parsed.data?.extra ?? {}) : undefined;
}

/** Prices of one's own; undefined without any, and when they are not valid, which is reported with the file. */
function ownPricesOf(defaults: MapNode): OwnPrices | undefined {
  const prices = defaults.entries.get("prices");
  return prices && defaultsFileSchema.shape.prices.safeParse(plainOf(prices)).data;
}

/** The customer's own host name or `<id>.<dns.domain>`, which is not judged when the id itself is refused. */
function resolveHostname(
  settings: CustomerSettings,
  { id, named }: Pick<ReadDocument, "id" | "named">,
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
  if (!named || !refused) return hostname;
  problems.add(
    own.source,
    0,
    ["hostname"],
    `${quoted(hostname)} is made of id and dns.domain and not valid; ${refused.message}; name the host`,
  );
  return undefined;
}

/** By code unit, the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => compare(a.id, b.id);
