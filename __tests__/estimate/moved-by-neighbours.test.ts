import { costOf } from "../../estimate/cost-of";
import { movedByNeighbours } from "../../estimate/moved-by-neighbours";
import type { Fleet, Pool } from "../../model/fleet";
import { aCustomer, aFleet, aGcpPool, aLinodePool } from "../builders/fleet";

const moved = (before: Fleet, after: Fleet) => [...movedByNeighbours(costOf(before), costOf(after))].sort();
const customers = [aCustomer(), aCustomer({ id: "xyz" })];
const withPools = (...pools: Pool[]): Fleet => aFleet({ customers, pools });
const [abcs, xyzs] = ["abc", "xyz"].map((id) => aGcpPool({ id, serves: [id] })) as [Pool, Pool];

describe("movedByNeighbours", () => {
  it("is nobody where nothing changes", () => {
    expect(moved(withPools(abcs, xyzs), withPools(abcs, xyzs))).toEqual([]);
  });

  it("is who pays less a gigabyte because another pool of the account came", () => {
    expect(moved(withPools(abcs), withPools(abcs, xyzs))).toEqual(["abc", "acme/abc"]);
  });

  it("is who sent within what is free, and not any more because busier Linodes came", () => {
    const own = aLinodePool({ id: "abc", serves: ["abc"], size: 3 });
    // 12,040 of 15,000 GB at most; with these 84,277 of 69,000
    const busy = aLinodePool({ id: "xyz", serves: ["xyz"], size: 9, type: "g6-dedicated-8" });
    expect(moved(withPools(own), withPools(own, busy))).toEqual(["abc", "acme/abc"]);
    expect(moved(withPools(own), withPools(own, { ...busy, draining: 9 }))).toEqual([]);
  });

  it("is nobody of another account", () => {
    const globex = aGcpPool({ id: "xyz", serves: ["xyz"], account: "globex" });
    expect(moved(withPools(abcs), withPools(abcs, globex))).toEqual([]);
  });

  it("is nobody whose part of a pool is another one, or who has another pool", () => {
    const shared = aGcpPool({ id: "shared", serves: ["abc", "xyz"] });
    expect(moved(withPools(abcs, xyzs), withPools(abcs, xyzs, shared))).not.toContain("abc");
    const onlyAbc = { ...shared, serves: ["abc"] } as Pool;
    expect(moved(withPools(onlyAbc, xyzs), withPools(shared, xyzs))).not.toContain("abc");
  });

  it("is nobody whose prices differ", () => {
    const own = { source: "a contract", date: "2026-07-01", usd: { "gcp/machine/n2-standard-4": 0.1 } };
    expect(moved(withPools(abcs), { ...withPools(abcs, xyzs), prices: own })).toEqual([]);
  });
});
