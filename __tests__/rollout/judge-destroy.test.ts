import { fleetStacks } from "../../rollout/fleet-stacks";
import { poolsWithCalls, stillNeeded } from "../../rollout/judge-destroy";
import { aFleet, aGcpPool, aLinodePool } from "../builders/fleet";

const fleet = aFleet();
const needed = (...ids: string[]) => stillNeeded(fleetStacks(fleet), new Set(ids));

describe("stillNeeded", () => {
  it("names what needs an account or a customer", () => {
    expect(needed("account-acme", "customer-abc")).toEqual([
      { stack: "account-acme", by: ["bridges-acme-eu-burst", "bridges-acme-nl-static"] },
      { stack: "customer-abc", by: ["bridges-acme-eu-burst", "bridges-acme-nl-static"] },
    ]);
  });

  it("is content when all of them go", () => {
    expect(needed(...fleetStacks(fleet).keys())).toEqual([]);
    expect(needed("bridges-acme-eu-burst")).toEqual([]);
  });
});

describe("poolsWithCalls", () => {
  const ids = new Set(["bridges-acme-eu-burst", "bridges-acme-nl-static"]);

  it("names pools of Google, and Linodes that are not all drained", () => {
    const pools = [aGcpPool(), aLinodePool({ size: 3, draining: 2 })];
    expect(poolsWithCalls(aFleet({ pools }), ids)).toEqual([
      {
        stack: "bridges-acme-eu-burst",
        reason: "its size is 1 to 8, and nothing in its file drains bridges on Google Cloud",
      },
      { stack: "bridges-acme-nl-static", reason: "1 of its 3 bridges still take calls" },
    ]);
  });

  it("lets a pool go whose Linodes are all drained, and does not look at what stays", () => {
    const pools = [aGcpPool(), aLinodePool({ size: 3, draining: 3 })];
    expect(poolsWithCalls(aFleet({ pools }), new Set(["bridges-acme-nl-static"]))).toEqual([]);
  });
});
