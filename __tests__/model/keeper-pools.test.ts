import { keptPools } from "../../model/keeper-pools";
import { keeperSchema } from "../../model/schema/keeper";
import { aGcpPool, aLinodePool } from "../builders/fleet";

describe("keptPools", () => {
  it("are the Google pools whose home the customer is, but those without a keeper", () => {
    const own = aGcpPool({ serves: ["abc", "xyz"] });
    const watched = aGcpPool({ id: "watched", keeper: keeperSchema.parse({ mode: "observe" }) });
    const pools = [
      own,
      watched,
      aGcpPool({ id: "by-hand", keeper: keeperSchema.parse({ mode: "off" }) }),
      aGcpPool({ id: "of-another", serves: ["xyz", "abc"] }),
      aLinodePool(),
    ];
    expect(keptPools({ id: "abc" }, pools)).toEqual([own, watched]);
  });
});
