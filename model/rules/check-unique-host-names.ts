import type { Customer, Pool } from "../fleet";
import { linodeHostname } from "../names";
import { quoted } from "../quoted";
import { clashProblem } from "./clash";
import { atCustomer } from "./entity-ref";
import { oldestFirst } from "./older-account";
import type { Rule } from "./rule";

const PATH = ["hostname"];
const WAY_OUT = "allowed: a host name that nothing else has; set another hostname";
const BRIDGE_HOST = /^(.+)-([0-9]+)\.bridges\.(.+)$/;

/** A host name has one owner: a customer, or a bridge on Linode. */
export const checkUniqueHostNames: Rule = (fleet) => {
  const { accounts, customers, pools } = fleet;
  const poolOf = new Map<string, Pool>(pools.map((pool) => [`${pool.account}/${pool.id}`, pool]));
  const accountOfDomain = new Map(accounts.map((account) => [account.dns?.domain, account.id]));
  const domainOf = new Map(accounts.map((account) => [account.id, account.dns?.domain]));
  const owner = new Map<string, Customer>();

  const ownerOf = (customer: Customer): string | undefined => {
    const first = owner.get(customer.hostname);
    if (
      first?.id === customer.id &&
      customer.hostname === `${customer.id}.${domainOf.get(customer.account)}`
    ) {
      return undefined; // Nobody wrote this name: it is made of an id and a domain that other rules refuse.
    }
    if (first) return `belongs to customer ${first.id} of account ${first.account}`;
    const [, id, number, domain] = BRIDGE_HOST.exec(customer.hostname) ?? [];
    const account = domain === undefined ? undefined : accountOfDomain.get(domain);
    const pool = poolOf.get(`${account}/${id}`);
    const isBridge =
      pool?.cloud === "linode" &&
      Number(number) <= pool.size &&
      linodeHostname(pool, Number(number), domain!) === customer.hostname;
    return isBridge ? `is bridge ${number} of pool ${pool.id} of account ${pool.account}` : undefined;
  };

  return oldestFirst(fleet, customers, ({ account }) => account).flatMap((customer) => {
    const taken = ownerOf(customer);
    if (taken === undefined) {
      owner.set(customer.hostname, customer);
      return [];
    }
    const { hostname } = customer;
    const first = owner.get(hostname);
    const at = { at: atCustomer(customer), path: PATH };
    const wrong = `${quoted(hostname)} already ${taken}`;
    if (!first) return [{ ...at, message: `${wrong}; ${WAY_OUT}` }];
    return [
      clashProblem(fleet, {
        ...at,
        kind: "hostname",
        value: hostname,
        owner: first.account,
        ownerAt: atCustomer(first),
        ownerPath: PATH,
        wrong,
        wayOut: WAY_OUT,
      }),
    ];
  });
};
