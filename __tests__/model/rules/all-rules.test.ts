import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Customer, GcpPool, LinodePool } from "../../../model/fleet";
import { ALL_RULES } from "../../../model/rules/all-rules";
import type { Rule } from "../../../model/rules/rule";
import { aCustomer, aFleet, aGcpPool, aLinodePool, anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const account = anAccount();
/** Whose operators hear of alerts. */
const heard = {
  ...account,
  operators: { ...account.operators, alerts: { webhook: { secret: "pager-url" } } },
};
const everything: Rule = (fleet, broken) => ALL_RULES.flatMap((rule) => rule(fleet, broken));

describe("ALL_RULES", () => {
  it("holds every rule of the folder", async () => {
    const folder = join(__dirname, "../../../model/rules");
    const files = readdirSync(folder).filter((file) => file.startsWith("check-"));
    const rules = await Promise.all(
      files.map(async (file) => Object.values((await import(join(folder, file))) as Record<string, Rule>)),
    );
    expect(new Set(ALL_RULES)).toEqual(new Set(rules.flat()));
  });

  it("finds nothing in a fleet as it should be", () => {
    expect(findings(everything, { accounts: [heard] })).toEqual([]);
  });

  it("finds nothing in an empty fleet", () => {
    expect(findings(everything, { accounts: [], customers: [], pools: [] })).toEqual([]);
  });

  it("never throws because an account cannot be read, and blames nobody for it", () => {
    expect(findings(everything, { accounts: [] }, { accounts: new Set(["acme"]) })).toEqual([]);
  });

  it("changes nothing in the fleet", () => {
    const fleet = aFleet();
    const before = structuredClone(fleet);
    everything(fleet, { accounts: new Set(), customers: new Set(), pools: new Set() });
    expect(fleet).toEqual(before);
  });

  it("stays linear: twice the fleet is read twice as often, not four times", () => {
    const reads = (count: number): number => {
      const fleet = manyCustomers(count);
      let read = 0;
      const counted = <T extends object>(list: T[]): T[] =>
        new Proxy(list, {
          get: (target, key) => {
            if (typeof key === "string" && /^[0-9]/.test(key)) read += 1;
            return Reflect.get(target, key) as unknown;
          },
        });
      const found = findings(everything, {
        ...fleet,
        accounts: [heard],
        customers: counted(fleet.customers),
        pools: counted(fleet.pools),
      });
      expect(found).toEqual([]);
      return read;
    };
    expect(reads(200) / reads(100)).toBeCloseTo(2, 1);
  });
});

/** One account with customers that have a pool on each cloud. */
function manyCustomers(count: number) {
  const customers: Customer[] = [];
  const pools: (GcpPool | LinodePool)[] = [];
  for (let n = 0; n < count; n++) {
    const id = `c-${n}`;
    customers.push(aCustomer({ id }));
    pools.push(aGcpPool({ id: `gcp-${n}`, serves: [id] }), aLinodePool({ id: `linode-${n}`, serves: [id] }));
  }
  const network = { regions: { "europe-west4": "10.0.0.0/8" } };
  return { accounts: [anAccount({ gcp: { project: "acme-meet-prod", network } })], customers, pools };
}
