import { counted } from "../../model/counted";
import type { Paint } from "../paint";
import { table } from "../table";
import { type FleetLists, type Kind, KINDS, type ListedCustomer, type ListedPool } from "./fleet-lists";

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is true of all rows, behind their number. */
  readonly note?: string;
}

const CLOUDS = { gcp: "Google", linode: "Linode" } as const;

/** `2-8`, `3`, `3, 1 draining`. */
export function sizeText({ cloud, min, max, draining }: Omit<ListedPool, "name">): string {
  if (cloud === "gcp") return `${min}-${max}`;
  return draining === 0 ? String(min) : `${min}, ${draining} draining`;
}

/** A table for each list, under its number. */
export function listText(
  lists: FleetLists,
  options: { readonly width: number; readonly paint: Paint },
): string {
  const parts = KINDS.flatMap((kind) => {
    const shown = tableOf(kind, lists);
    if (!shown) return [];
    const { head, rows, note } = shown;
    const title = counted(rows.length, kind.slice(0, -1)) + (note === undefined ? "" : `, ${note}`);
    return [`${[title, ...(rows.length === 0 ? [] : ["", ...table(head, rows, options)])].join("\n")}\n`];
  });
  return parts.join("\n");
}

/** One name a line, as other commands take it. Retired stacks are left out: a deploy of them destroys. */
export function listIds(kind: Kind, lists: Required<FleetLists>): string {
  const ids: Readonly<Record<Kind, readonly string[]>> = {
    accounts: lists.accounts.map(({ id }) => id),
    customers: lists.customers.map(({ id }) => id),
    pools: lists.pools.map(({ name }) => name),
    stacks: lists.stacks.filter((stack) => stack.kind !== "retired").map(({ id }) => id),
  };
  return ids[kind].map((id) => `${id}\n`).join("");
}

function tableOf(kind: Kind, { accounts, customers, pools, stacks }: FleetLists): Table | undefined {
  switch (kind) {
    case "accounts":
      return (
        accounts && {
          head: ["account", "project", "Linode", "domain", "customers", "pools", "Google regions"],
          rows: accounts.map((account) => [
            account.id,
            account.project ?? "-",
            account.linode ? "yes" : "no",
            account.domain ?? "-",
            String(account.customers),
            String(account.pools),
            account.regions.join(", ") || "-",
          ]),
        }
      );
    case "customers":
      return customers && customerTable(customers);
    case "pools":
      return (
        pools && {
          head: ["pool", "cloud", "region", "bridges", "machine type", "serves"],
          rows: pools.map((pool) => [
            pool.name,
            CLOUDS[pool.cloud],
            pool.region.replace(/^[a-z]+-/, ""),
            sizeText(pool),
            pool.machineType,
            pool.serves.join(", "),
          ]),
        }
      );
    case "stacks":
      return (
        stacks && {
          head: ["stack", "kind", "file"],
          rows: stacks.map((stack) => [stack.id, stack.kind, stack.file]),
          note: "in the order of a first deploy",
        }
      );
  }
}

/** A release that all have is said once. */
function customerTable(customers: readonly ListedCustomer[]): Table {
  const releases = new Set(customers.map(({ release }) => release));
  const one = releases.size === 1;
  return {
    head: ["customer", "account", "host name", "zone", ...(one ? [] : ["release"]), "pools"],
    rows: customers.map((customer) => [
      customer.id,
      customer.account,
      customer.hostname,
      customer.zone,
      ...(one ? [] : [customer.release]),
      poolsText(customer),
    ]),
    ...(one ? { note: `release ${[...releases][0]!}` } : {}),
  };
}

/** A pool of the customer's own account goes without the account. */
function poolsText({ account, pools, bridgeOnServer }: ListedCustomer): string {
  const names = pools.map((name) => (name.startsWith(`${account}/`) ? name.slice(account.length + 1) : name));
  return [...names, ...(bridgeOnServer ? ["(server)"] : [])].join(", ");
}
