import { deployAfter } from "../../rollout/deploy-after";
import { fleetStacks } from "../../rollout/fleet-stacks";
import { planWaves } from "../../rollout/plan-waves";
import { planStacks } from "../../stacks/planned-stack";
import { aCustomer, aFleet, aGcpPool, aLinodePool, anAccount } from "../builders/fleet";

const globex = anAccount({ id: "globex" });
const { gcp: _, dns: __, ...initech } = anAccount({ id: "xyz" });
const fleet = aFleet({
  accounts: [
    anAccount({ retired: ["account-older", "customer-old", "bridges-acme-old", "bridges-acme-eldest"] }),
    globex,
    initech,
  ],
  customers: [aCustomer(), aCustomer({ id: "xyz", account: "globex" })],
  pools: [
    aGcpPool(),
    aLinodePool({ serves: ["xyz", "abc"] }),
    aLinodePool({ id: "elsewhere", account: "xyz", serves: ["xyz"] }),
  ],
});

describe("deployAfter", () => {
  it("puts accounts first, then customers, then the pools that serve them, in reverse what is retired", () => {
    const order = planStacks(fleet).map((stack) => [stack.id, deployAfter(stack, fleet)] as const);
    expect(Object.fromEntries(order)).toEqual({
      "account-acme": [],
      "account-globex": [],
      "customer-abc": ["account-acme"],
      "customer-xyz": ["account-globex"],
      "bridges-acme-eu-burst": ["account-acme", "customer-abc"],
      "bridges-acme-nl-static": ["account-acme", "account-globex", "customer-abc", "customer-xyz"],
      // An account without Google Cloud has no stack.
      "bridges-xyz-elsewhere": ["account-globex", "customer-xyz"],
      "bridges-acme-eldest": ["account-acme"],
      "bridges-acme-old": ["account-acme"],
      "customer-old": ["account-acme", "bridges-acme-eldest", "bridges-acme-old"],
      "account-older": ["account-acme", "bridges-acme-eldest", "bridges-acme-old", "customer-old"],
    });
  });

  it("is the order of a rollout, whatever its waves", () => {
    for (const size of [1, 5]) {
      const order = planWaves([...fleetStacks(fleet).values()], { size }).flatMap(({ steps }) =>
        steps.flat(),
      );
      for (const stack of planStacks(fleet)) {
        const before = order.slice(0, order.indexOf(stack.id));
        expect(before).toEqual(expect.arrayContaining(deployAfter(stack, fleet)));
      }
      expect(order).toHaveLength(planStacks(fleet).length);
    }
  });
});
