import { samePeople } from "../../estimate/same-people";
import type { Fleet } from "../../model/fleet";
import { aCustomer, aFleet, aGcpPool, aLinodePool } from "../builders/fleet";

const hours = (before: Fleet, after: Fleet): Record<string, Record<string, number>> =>
  Object.fromEntries([...samePeople(before, after)].map(([name, each]) => [name, Object.fromEntries(each)]));
const sum = (all: Record<string, Record<string, number>>, id: string): number =>
  Object.values(all).reduce((total, each) => total + (each[id] ?? 0), 0);

describe("samePeople", () => {
  const google = aGcpPool({ size: { min: 2, max: 8 } });
  const both = aFleet({ pools: [google, aLinodePool({ size: 3 })] });

  it("leaves people where they are, however large the bridges become", () => {
    const larger = aFleet({
      pools: [aGcpPool({ size: { min: 4, max: 8 } }), aLinodePool({ size: 3 })],
    });
    expect(hours(both, larger)).toEqual(hours(both, both));
    expect(sum(hours(both, both), "abc")).toBeGreaterThan(0);
  });

  it("moves those of a pool that drains, or is gone, to what is left", () => {
    const all = sum(hours(both, both), "abc");
    const drained = hours(both, aFleet({ pools: [google, aLinodePool({ size: 3, draining: 3 })] }));
    expect(Object.values(drained).map((each) => each["abc"])).toEqual([expect.closeTo(all, 6), 0]);
    expect(hours(both, aFleet({ pools: [google] }))).toEqual({
      "acme/eu-burst": { abc: expect.closeTo(all, 6) },
    });
  });

  it("moves nobody to a pool that is new, and knows nothing of a customer who is", () => {
    const fleet = aFleet({
      customers: [aCustomer(), aCustomer({ id: "xyz" })],
      pools: [...both.pools, aGcpPool({ id: "more", serves: ["abc", "xyz"] })],
    });
    const { "acme/more": more, ...others } = hours(both, fleet);
    expect(more).toEqual({ abc: expect.closeTo(0, 6) });
    expect(others).toEqual(hours(both, both));
  });
});
