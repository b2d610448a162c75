import type { Account, Customer, GcpPool, LinodePool, Pool } from "../fleet";
import {
  artifactsBucketName,
  breweryRuleName,
  bridgeServiceAccountId,
  LIMITS,
  linodeHostname,
  linodePlacementGroupLabel,
  linodePoolLabel,
  serverServiceAccountId,
} from "../names";
import type { EntityRef, FieldPath, Problem } from "../problem";
import { quoted } from "../quoted";
import { atAccount, atCustomer, atPool } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import type { Rule } from "./rule";

/** A pool may grow to this size (see its schema), so its names are checked as if it had. */
const LARGEST_LINODE_POOL = 100;

interface Name {
  /** What has the name, such as `service account`. */
  readonly what: string;
  readonly text: string;
  readonly min?: number;
  readonly max: number;
  /** What the name is made of and may be changed, such as `pool eu-burst`. */
  readonly madeOf: readonly string[];
  /** Field that brings the name about; left out: the file, whose name is the id. */
  readonly path?: FieldPath;
}

/**
 * Names that are made of ids have lengths that their cloud takes; the clouds say so only during an apply, with half of
 * a stack built. One problem an entity: the name that is furthest off. Names that the longest id (`MAX_ID_LENGTH`)
 * fits into need no look here; the tests of `model/names.ts` hold that.
 */
export const checkNameLengths: Rule = (fleet) => {
  const { accounts } = indexFleet(fleet);
  const namesOfPool = (pool: Pool): Name[] => {
    if (pool.cloud === "gcp") return namesOfGcpPool(pool);
    const groupLimit = fleet.catalog.linodeRegions.get(pool.region)?.placementGroupLimit ?? 0;
    return namesOfLinodePool(pool, groupLimit, accounts.get(pool.account)?.dns?.domain);
  };
  return [
    ...fleet.accounts.flatMap((account) => worst(atAccount(account), namesOfAccount(account))),
    ...fleet.customers.flatMap((customer) => worst(atCustomer(customer), namesOfCustomer(customer))),
    ...fleet.pools.flatMap((pool) => worst(atPool(pool), namesOfPool(pool))),
  ];
};

function namesOfAccount({ gcp }: Account): Name[] {
  if (!gcp) return [];
  const text = artifactsBucketName(gcp.project);
  const madeOf = [`project ${gcp.project}`];
  return [{ what: "artifacts bucket", text, max: LIMITS.bucket, madeOf, path: ["gcp", "project"] }];
}

const namesOfCustomer = (customer: Customer): Name[] => [
  serviceAccount(serverServiceAccountId(customer), `customer ${customer.id}`),
];

const namesOfGcpPool = (pool: GcpPool): Name[] => [
  serviceAccount(bridgeServiceAccountId(pool), `pool ${pool.id}`),
  ...breweryRules(pool),
];

function namesOfLinodePool(pool: LinodePool, groupLimit: number, domain: string | undefined): Name[] {
  const madeOf = [`account ${pool.account}`, `pool ${pool.id}`];
  const names: Name[] = [
    { what: "Linode firewall", text: linodePoolLabel(pool), max: LIMITS.linodeFirewall, madeOf },
    ...breweryRules(pool),
  ];
  if (pool.placement !== "none" && groupLimit > 0) {
    const text = linodePlacementGroupLabel(pool, Math.ceil(LARGEST_LINODE_POOL / groupLimit));
    names.push({ what: "last placement group", text, max: LIMITS.linodePlacementGroup, madeOf });
  }
  if (domain !== undefined) {
    const text = linodeHostname(pool, LARGEST_LINODE_POOL, domain);
    const ids = [`pool ${pool.id}`, "dns.domain of its account"];
    names.push({ what: "last bridge", text, max: LIMITS.hostName, madeOf: ids });
  }
  return names;
}

const serviceAccount = (text: string, id: string): Name => ({
  what: "service account",
  text,
  min: 6,
  max: LIMITS.serviceAccountId,
  madeOf: [id],
});

const breweryRules = (pool: Pool): Name[] =>
  pool.serves.map((customer, index) => ({
    what: "firewall rule",
    text: breweryRuleName(customer, pool),
    max: LIMITS.compute,
    madeOf: [`customer ${customer}`, `account ${pool.account}`, `pool ${pool.id}`],
    path: ["serves", index],
  }));

/** Characters too many or, below the minimum, too few; 0 is right. */
const excess = ({ text, max, min = 0 }: Name): number => Math.max(text.length - max, min - text.length, 0);

function worst(at: EntityRef, names: readonly Name[]): Problem[] {
  const [name] = names.filter((each) => excess(each) > 0).sort((a, b) => excess(b) - excess(a));
  if (!name) return [];
  const { what, text, max, min, madeOf, path = [] } = name;
  const tooLong = text.length > max;
  return [
    {
      at,
      path,
      message:
        `${quoted(text)}, the name of the ${what}, has ${text.length} characters; ` +
        `allowed: ${tooLong ? `at most ${max}` : `at least ${min}`}; ` +
        `${tooLong ? "shorten" : "lengthen"} the id of ${madeOf.join(" or ")} by ${excess(name)}`,
    },
  ];
}
