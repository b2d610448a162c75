import { fleetStacks } from "../../rollout/fleet-stacks";
import { planWaves } from "../../rollout/plan-waves";
import { aCustomer, aFleet, aGcpPool, anAccount } from "../builders/fleet";

const pool = (id: string, serves: string[]) => aGcpPool({ id, serves });
const stacks = fleetStacks(
  aFleet({
    accounts: [anAccount({ retired: ["bridges-acme-old", "customer-old"] })],
    customers: ["a", "b", "c", "d"].map((id) => aCustomer({ id })),
    pools: [pool("a", ["a"]), pool("ac", ["c", "a"]), pool("b", ["b"]), pool("d", ["d"])],
  }),
);
const waves = (size: number, canary?: string, only: (id: string) => boolean = () => true) =>
  planWaves(
    [...stacks.values()].filter(({ id }) => only(id)),
    { size, ...(canary !== undefined && { canary }) },
  ).map(({ name, steps }) => `${name}: ${steps.map((step) => step.join(" ")).join(" | ")}`);

describe("planWaves", () => {
  it("has accounts first, then customers by twos, each pool with the last of its customers, and what is retired last", () => {
    expect(waves(2)).toEqual([
      "accounts: account-acme",
      "1: customer-a customer-b | bridges-acme-a bridges-acme-b",
      "2: customer-c customer-d | bridges-acme-ac bridges-acme-d",
      "retired: bridges-acme-old | customer-old",
    ]);
  });

  it("sends the canary ahead with the pools that are its own", () => {
    expect(waves(3, "customer-a").slice(1)).toEqual([
      "canary: customer-a | bridges-acme-a",
      "1: customer-b customer-c customer-d | bridges-acme-ac bridges-acme-b bridges-acme-d",
      "retired: bridges-acme-old | customer-old",
    ]);
  });

  it("counts a pool as a customer when none of its customers is selected", () => {
    expect(waves(2, undefined, (id) => id.startsWith("bridges-acme-") && !id.endsWith("old"))).toEqual([
      "1: bridges-acme-a bridges-acme-ac",
      "2: bridges-acme-b bridges-acme-d",
    ]);
  });

  it("has every stack once", () => {
    const all = planWaves([...stacks.values()], { size: 1, canary: "customer-c" }).flatMap(({ steps }) =>
      steps.flat(),
    );
    expect(all.sort()).toEqual([...stacks.keys()].sort());
  });
});
