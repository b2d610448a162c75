import { checkLinodeBridges } from "../../../model/rules/check-linode-bridges";
import { aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const found = (overrides: Parameters<typeof aLinodePool>[0]) =>
  findings(checkLinodeBridges, { pools: [aGcpPool(), aLinodePool({ size: 3, ...overrides })] });

describe("checkLinodeBridges", () => {
  it("refuses to drain more bridges than there are", () => {
    expect(found({ draining: 4 })).toEqual([
      "pool acme/nl-static draining: 4 is more than the pool has; allowed: 0 to 3; lower it together with size",
    ]);
  });

  it("refuses words about a bridge that the pool does not have", () => {
    expect(found({ bridges: { "bridge-3": { generation: 2 }, "bridge-10": { generation: 2 } } })).toEqual([
      "pool acme/nl-static bridges.bridge-10: the pool has no such bridge; allowed: bridge-1 to bridge-3; remove the entry",
    ]);
  });

  it("accepts a pool of which every bridge is drained", () => {
    expect(found({ draining: 3, bridges: { "bridge-1": { generation: 2 } } })).toEqual([]);
  });
});
