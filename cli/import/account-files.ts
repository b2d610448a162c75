import { contains, overlaps, parseIpv4Network } from "../../model/ipv4-network";
import { nextRange } from "../../model/next-range";
import { type Catalog, regionOfZone } from "../../model/catalog";
import { NETWORK } from "./apply-rules";
import type { Draft, Fields, Said } from "./draft";
import { yamlText } from "./yaml-text";

const MODELINE = (depth: string, kind: string): string =>
  `# yaml-language-server: $schema=${depth}schemas/${kind}.schema.json\n`;

/** The order of the fields in a file; those below `labels` and the like come as they are. */
const ACCOUNT_ORDER = [
  "gcp.project",
  NETWORK,
  "linode",
  "state.bucket",
  "dns.managedZone",
  "dns.domain",
  "operators.email",
  "operators.iap",
  "operators.sshFrom",
  "operators.sshKeys",
  "labels",
];
const CUSTOMER_ORDER = ["hostname", "server.cloud", "server.zone", "server.machineType", "server.dataDiskGb"];
const POOL_ORDER = [
  "cloud",
  "region",
  "serves",
  "zones",
  "machineType",
  "type",
  "bootDiskGb",
  "size.min",
  "size.max",
  "size",
  "placement",
  "scaling.targetCpu",
  "scaling.bootSeconds",
];

/** The files of an account, by path below the accounts directory. */
export function accountFiles(draft: Draft): Map<string, string> {
  const files = new Map<string, string>();
  const { account, customer } = draft;
  files.set(
    `${account}/account.yaml`,
    MODELINE("../../", "account") + yamlText(ordered(draft.accountFields, ACCOUNT_ORDER)),
  );
  files.set(
    `${account}/customers/${customer}.yaml`,
    MODELINE("../../../", "customer") + yamlText(ordered(draft.customerFields, CUSTOMER_ORDER)),
  );
  for (const pool of draft.pools) {
    files.set(
      `${account}/pools/${pool.id}.yaml`,
      MODELINE("../../../", "pool") + yamlText(ordered(pool.fields, POOL_ORDER)),
    );
  }
  return files;
}

function ordered(fields: Fields, order: readonly string[]): Fields {
  const rank = (field: string): number =>
    order.findIndex((each) => field === each || field.startsWith(`${each}.`));
  const missing = [...fields.keys()].filter((field) => rank(field) < 0);
  if (missing.length > 0)
    throw new Error(`no place in the file for ${missing.join(", ")}; add it to the order`);
  return new Map([...fields].sort(([a], [b]) => rank(a) - rank(b)));
}

/** Nobody says so and it cannot be otherwise: no comment in the file, no line in the report. */
const RULE = "";
const WIDE = 20;
/** What the model takes at most for the size of a pool. */
const MOST_BRIDGES = 1000;

/** A field that was taken, and could not stay as it was beside the others. */
export interface Adjusted {
  /** Where it came from. */
  readonly from: string;
  readonly field: string;
  readonly why: string;
  /** What is written in its place. @default nothing */
  readonly written?: string;
}

/**
 * What no source says and nobody is asked: the clouds, the customer of each pool, and a range of addresses for each
 * region that has none. Ranges that pools brought along are kept, unless another account has them.
 *
 * @param elsewhere ranges of other accounts
 * @param wanted ranges that other accounts brought along: nothing is chosen there
 */
export function complete(
  draft: Draft,
  catalog: Catalog,
  elsewhere: readonly string[] = [],
  wanted: readonly string[] = [],
): Adjusted[] {
  const adjusted: Adjusted[] = [];
  const { accountFields: account, customerFields: customer } = draft;
  if (draft.pools.some(({ fields }) => fields.get("cloud")?.value === "linode") || draft.cloud === "linode")
    account.set("linode", { value: {}, from: RULE });
  customer.set("server.cloud", { value: "gcp", from: RULE });
  const regions = new Map<string, Said>();
  for (const { fields } of draft.pools) {
    fields.set("cloud", { value: draft.cloud, from: RULE });
    fields.set("serves", { value: [draft.customer], from: RULE });
    const region = String(fields.get("region")?.value ?? "");
    if (draft.cloud === "linode" && catalog.linodeRegions.get(region)?.placementGroupLimit === 0)
      fields.set("placement", { value: "none", from: `${region} has no placement groups` });
    const range = fields.get("network");
    fields.delete("network");
    const before = regions.get(region);
    if (range && (before ? before.value !== range.value : !isFree(range, regions)))
      adjusted.push({ from: range.from, field: NETWORK, why: "another range of this account counts" });
    else if (range && elsewhere.some((other) => touches(other, String(range.value))))
      adjusted.push({ from: range.from, field: NETWORK, why: "another account has it; a free one counts" });
    else if (range && region !== "") regions.set(region, range);
    adjusted.push(
      ...keepOwnZones(fields, catalog.gcpRegions.get(region)?.zones ?? []),
      ...orderBounds(fields),
    );
  }
  const used = [
    ...(draft.cloud === "gcp"
      ? draft.pools.map(({ fields }) => String(fields.get("region")?.value ?? ""))
      : []),
    regionOfZone(String(customer.get("server.zone")?.value ?? "")),
  ];
  for (const region of used)
    if (region !== "" && !regions.has(region))
      regions.set(region, {
        value: freeRange([
          ...elsewhere,
          ...wanted,
          ...[...regions.values()].map(({ value }) => String(value)),
        ]),
        from: "default",
      });
  for (const [region, said] of regions) account.set(`${NETWORK}.${region}`, said);
  return adjusted;
}

/** A pool never has a lower bound above the upper one. */
function orderBounds(fields: Fields): Adjusted[] {
  const [min, max] = [fields.get("size.min"), fields.get("size.max")];
  if (!min || !max || Number(min.value) <= Number(max.value)) return [];
  const value = Math.min(MOST_BRIDGES, Number(min.value) + 1);
  fields.set("size.max", { ...max, value });
  const why = `size.min of ${min.from} is more, and a bridge is renewed beside the old one`;
  return [{ from: max.from, field: "size.max", why, written: String(value) }];
}

/** Zones of another region are no zones for the pool. */
function keepOwnZones(fields: Fields, zones: readonly string[]): Adjusted[] {
  const said = fields.get("zones");
  if (!said || (Array.isArray(said.value) && said.value.every((zone) => zones.includes(String(zone)))))
    return [];
  fields.delete("zones");
  return [
    { from: said.from, field: "zones", why: "zones of another region; Google chooses among the pool's" },
  ];
}

const isFree = ({ value }: Said, regions: ReadonlyMap<string, Said>): boolean =>
  ![...regions.values()].some((other) => touches(String(other.value), String(value)));

const touches = (a: string, b: string): boolean => overlaps(parseIpv4Network(a), parseIpv4Network(b));

/** The first /20 below 10.20.0.0/14 that none of the ranges touches, or one behind them. */
function freeRange(taken: readonly string[]): string {
  const all = parseIpv4Network("10.20.0.0/14");
  const others = taken.map(parseIpv4Network);
  for (let first = all.first; first <= all.last; first += 2 ** (32 - WIDE)) {
    const address = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".");
    const range = parseIpv4Network(`${address}/${WIDE}`);
    if (contains(all, range) && !others.some((other) => overlaps(other, range))) return range.text;
  }
  return nextRange(others, WIDE) ?? all.text;
}

/** The ranges that an account was given by `complete`, or that its pools brought along. */
export const rangesOf = ({ accountFields, pools }: Draft): readonly string[] => [
  ...[...accountFields]
    .filter(([field]) => field.startsWith(`${NETWORK}.`))
    .map(([, { value }]) => String(value)),
  ...pools.flatMap(({ fields }) => fields.get("network") ?? []).map(({ value }) => String(value)),
];
