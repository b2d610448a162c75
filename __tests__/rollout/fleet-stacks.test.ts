import { fleetStacks } from "../../rollout/fleet-stacks";
import { planStacks } from "../../stacks/planned-stack";
import { aCustomer, aFleet, aGcpPool, anAccount } from "../builders/fleet";

describe("fleetStacks", () => {
  const fleet = aFleet({
    accounts: [
      anAccount({ retired: ["bridges-acme-old", "customer-gone"] }),
      anAccount({ id: "globex", gcp: undefined }),
    ],
  });

  it("lists the stacks that synthesis builds, with the files that ask for them", () => {
    const ours = [...fleetStacks(fleet).values()].map(({ id, kind, source }) => ({ id, kind, source }));
    expect(ours).toEqual(planStacks(fleet).map(({ id, kind, source }) => ({ id, kind, source })));
  });

  it("says what must be there before each", () => {
    const needs = [...fleetStacks(fleet).values()].map((stack) => [stack.id, ...stack.needs].join(" "));
    expect(needs).toEqual([
      "account-acme",
      "customer-abc account-acme",
      "bridges-acme-eu-burst account-acme customer-abc",
      "bridges-acme-nl-static account-acme customer-abc",
      "bridges-acme-old account-acme",
      "customer-gone account-acme",
    ]);
  });

  it("needs the accounts of its customers, and none that has no stack", () => {
    const pools = [aGcpPool({ account: "globex", serves: ["abc"] })];
    const { needs } = fleetStacks({ ...fleet, customers: [aCustomer()], pools }).get(
      "bridges-globex-eu-burst",
    )!;
    expect(needs).toEqual(["account-acme", "customer-abc"]);
  });
});
