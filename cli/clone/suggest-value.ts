import { suggestId } from "../../config/suggest-id";
import type { Fleet } from "../../model/fleet";
import { type Ipv4Network, parseIpv4Network } from "../../model/ipv4-network";
import { MAX_ID_LENGTH } from "../../model/schema/fields";
import { nextRange } from "../../model/next-range";
import type { Clash } from "../../model/problem";
import { renamed } from "./renamed";

const LONGEST_PROJECT = 30;

/** What was chosen before in the same account, so that later values go with it. */
export interface Chosen {
  /** The new value of each old one, by kind. */
  readonly values: ReadonlyMap<Clash["kind"], { readonly from: string; readonly to: string }>;
  readonly lastRange?: Ipv4Network;
}

/** A value that could stand in place of a shared one; the rules have the last word. */
export function suggestValue(
  { kind, value, owner, copy }: Clash,
  /** The customer whose file is meant, for its host name. */
  customer: string | undefined,
  { values, lastRange }: Chosen,
  fleet: Fleet,
): string | undefined {
  const named = renamed(value, owner, copy) ?? `${copy}-${value}`;
  switch (kind) {
    case "project":
      return named.slice(0, LONGEST_PROJECT).replace(/-+$/, "");
    case "state-bucket": {
      const project = values.get("project");
      return project && value.startsWith(project.from)
        ? project.to + value.slice(project.from.length)
        : named;
    }
    case "domain":
      return `${copy}.${value}`;
    case "range":
      return nextRange(usedRanges(fleet), parseIpv4Network(value).prefix, lastRange);
    case "customer-id":
      // A name cut short would have lost the customer's part.
      return freeId(named.length > MAX_ID_LENGTH ? `${value}-2` : named, fleet);
    case "hostname":
      return hostname(value, copy, customer, values.get("domain"), fleet);
    default:
      return undefined;
  }
}

const usedRanges = ({ accounts }: Fleet): readonly Ipv4Network[] =>
  accounts.flatMap(({ gcp }) => Object.values(gcp?.network.regions ?? {})).map(parseIpv4Network);

function freeId(wanted: string, { customers }: Fleet): string | undefined {
  const taken = new Set(customers.map(({ id }) => id));
  const id = suggestId(wanted);
  if (id === undefined || !taken.has(id)) return id;
  for (let number = 2; ; number++) {
    const other = suggestId(`${id.slice(0, 20)}-${number}`);
    if (other === undefined || !taken.has(other)) return other;
  }
}

/** At the same place below the account's new domain; a name of elsewhere becomes one of the account. */
function hostname(
  value: string,
  copy: string,
  customer: string | undefined,
  domain: { readonly from: string; readonly to: string } | undefined,
  { accounts }: Fleet,
): string {
  if (domain && value.endsWith(`.${domain.from}`)) return value.slice(0, -domain.from.length) + domain.to;
  const own = accounts.find(({ id }) => id === copy)?.dns?.domain;
  return own !== undefined && customer !== undefined ? `${customer}.${own}` : `${copy}.${value}`;
}
