import { costOf } from "../../estimate/cost-of";
import { sharedWithOthers } from "../../estimate/shared-with-others";
import type { Fleet } from "../../model/fleet";
import { aCustomer, aFleet, aGcpPool } from "../builders/fleet";

const shared = (before: Fleet, after: Fleet) => [...sharedWithOthers(costOf(before), costOf(after))];
const customers = ["abc", "xyz", "def"].map((id) => aCustomer({ id }));
const serving = (...serves: [string, ...string[]]): Fleet =>
  aFleet({ customers, pools: [aGcpPool({ serves })] });

describe("sharedWithOthers", () => {
  it("is nobody where a pool serves the same, in whatever order", () => {
    expect(shared(serving("abc", "xyz"), serving("xyz", "abc"))).toEqual([]);
  });

  it("is who was served before and is still, when one comes, goes, or is another one", () => {
    expect(shared(serving("abc"), serving("abc", "xyz"))).toEqual(["abc"]);
    expect(shared(serving("abc", "xyz"), serving("abc"))).toEqual(["abc"]);
    expect(shared(serving("abc", "xyz"), serving("abc", "def"))).toEqual(["abc"]);
    expect(shared(serving("abc"), serving("xyz"))).toEqual([]);
  });

  it("is nobody of a pool that is new, whose cost says it all", () => {
    expect(shared(aFleet({ customers, pools: [] }), serving("abc", "xyz"))).toEqual([]);
  });
});
