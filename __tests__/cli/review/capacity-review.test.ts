import { capacityReview } from "../../../cli/review/capacity-review";
import { capacityHeadline, capacitySaid } from "../../../cli/review/capacity-words";
import type { ReviewPart } from "../../../cli/review/review-part";
import type { Fleet, GcpPool } from "../../../model/fleet";
import { aCustomer, aFleet, aGcpPool, aLinodePool } from "../../builders/fleet";

const scaling = { ...aGcpPool().scaling, burstJoinsPerMinute: 5 };
const withPool = (overrides: Partial<GcpPool>): Fleet => aFleet({ pools: [aGcpPool(overrides)] });
const review = (before: Fleet, after: Fleet) => capacityReview({ fleet: before }, after);
const head = (before: Fleet, after: Fleet) => capacityHeadline(review(before, after));
const section = (before: Fleet, after: Fleet): ReviewPart => {
  const said = capacitySaid(review(before, after));
  if (typeof said !== "object") throw new Error(String(said));
  return said;
};

/** A bridge of 4 processors carries 0.8 x 4 x 25 = 80 participants of mixed meetings. */
describe("capacityReview", () => {
  it("has the room of a maximum that is raised", () => {
    const [before, after] = [withPool({ size: { min: 1, max: 8 } }), withPool({ size: { min: 1, max: 12 } })];
    const { customers, pools, shapes } = review(before, after);
    expect(shapes).toEqual(["mixed", "small-rooms", "webinar", "class"]);
    expect(customers).toMatchObject([{ customer: "abc", change: "changed", isLess: false }]);
    expect(customers[0]!.regions).toMatchObject([
      {
        region: "gcp-europe-west4",
        shapes: [
          {
            before: { alone: { min: 80, max: 640 } },
            after: { alone: { min: 80, max: 960 } },
          },
          // 43 people of small rooms a bridge
          { before: { alone: { max: 344 } }, after: { alone: { max: 516 } } },
          {},
          {},
        ],
      },
    ]);
    expect(pools).toMatchObject([
      { name: "acme/eu-burst", before: { bridges: { max: 8 } }, after: { bridges: { max: 12 } } },
    ]);
    expect(section(before, after)).toMatchObject({
      head: ["participants of mixed meetings", "region", "at least", "at most", ""],
      rows: [["`abc`", "gcp-europe-west4", "80", "640 → 960", "more room"]],
      notes: [],
    });
    expect(head(before, after)).toBe("More room for `abc`: at most 960 participants instead of 640.");
  });

  it("makes less room catch the eye, and says when a rush outruns the pool from now on", () => {
    const [before, after] = [
      withPool({ size: { min: 2, max: 8 }, scaling }),
      withPool({ size: { min: 1, max: 8 }, scaling }),
    ];
    const { rows, notes } = section(before, after);
    expect(rows).toEqual([["`abc`", "gcp-europe-west4", "**160 → 80**", "640", "**less room**"]]);
    expect(notes).toEqual([
      expect.stringMatching(
        /^\*\*`acme\/eu-burst` has no room for the rush that it promises\*\*: 5 joins a minute outrun the pool: .*raise size\.min to 2/,
      ),
    ]);
    expect(head(before, after)).toBe(
      "**Less room for `abc`: at least 80 participants instead of 160.** " +
        "**`acme/eu-burst` has no room for the rush that it promises.**",
    );
    expect(section(after, before).notes).toEqual([
      expect.stringMatching(
        /^`acme\/eu-burst` has room for the rush that it promises again: 15 → 30 may join /,
      ),
    ]);
  });

  it("tells how a pool grows where its headroom changes without a warning", () => {
    const [before, after] = [withPool({ size: { min: 4, max: 8 } }), withPool({ size: { min: 2, max: 8 } })];
    // 15 on each bridge between stress 0.65 and 0.8, in 330 s
    expect(section(before, after).notes).toEqual([
      "**`acme/eu-burst`**: 60 → 30 may join in the 330 s until another bridge takes calls: 10.9 → 5.4 a minute.",
    ]);
  });

  it("has the machine of a bridge on a server", () => {
    const at = (machineType: string): Fleet =>
      aFleet({
        pools: [],
        customers: [aCustomer({ bridgeOnServer: true, server: { ...aCustomer().server, machineType } })],
      });
    expect(section(at("n2-standard-4"), at("n2-standard-8")).rows).toEqual([
      ["`abc`", "gcp-europe-west4", "80 → 160", "80 → 160", "more room"],
    ]);
    expect(review(at("n2-standard-4"), at("n2-standard-8")).pools).toMatchObject([
      {
        name: "abc (server)",
        before: { machineType: "n2-standard-4" },
        after: { perBridge: { mixed: 160 } },
      },
    ]);
  });

  it("takes an equal part from those who share a pool with a customer that is new", () => {
    const one = withPool({});
    const two = aFleet({
      customers: [aCustomer(), aCustomer({ id: "xyz" })],
      pools: [aGcpPool({ serves: ["abc", "xyz"] })],
    });
    expect(section(one, two).rows).toEqual([
      ["`abc`", "gcp-europe-west4, equal part", "**80 → 40**", "**640 → 320**", "**less room**"],
      ["`xyz`", "gcp-europe-west4, equal part", "40", "320", "new"],
    ]);
    expect(section(two, one).rows).toEqual([
      ["`xyz`", "gcp-europe-west4, equal part", "40", "320", "removed, was"],
      ["`abc`", "gcp-europe-west4, equal part", "40 → 80", "320 → 640", "more room"],
    ]);
    expect(review(two, one).customers.map(({ change, isLess }) => [change, isLess])).toEqual([
      ["removed", false],
      ["changed", false],
    ]);
  });

  it("calls it less when a region is lost, or all bridges are, whatever another one gains", () => {
    const [gcp, linode] = [aFleet({ pools: [aGcpPool()] }), aFleet({ pools: [aLinodePool({ size: 30 })] })];
    expect(section(gcp, linode).rows).toEqual([
      ["`abc`", "gcp-europe-west4", "**80 → 0**", "**640 → 0**", "**less room**"],
      ["`abc`", "linode-nl-ams", "0 → 2,400", "0 → 2,400", "more room"],
      ["`abc`", "all", "80 → 2,400", "640 → 2,400", "more room"],
    ]);
    expect(head(gcp, linode)).toBe("**Less room for `abc`.**");
    expect(review(gcp, aFleet({ pools: [] })).customers).toMatchObject([{ change: "changed", isLess: true }]);
    expect(head(gcp, aFleet({ pools: [] }))).toBe(
      "**Less room for `abc`: at most 0 participants instead of 640.**",
    );
  });

  it("has no room to tell of when bridges go that have all been drained", () => {
    const drained = aFleet({ pools: [aGcpPool(), aLinodePool({ size: 3, draining: 3 })] });
    expect(capacitySaid(review(drained, withPool({})))).toBe("Capacity stays as it is.");
  });

  it("names what falls in the head where the maximum rises", () => {
    const [before, after] = [withPool({ size: { min: 2, max: 8 } }), withPool({ size: { min: 1, max: 12 } })];
    expect(head(before, after)).toBe("**Less room for `abc`: at least 80 participants instead of 160.**");
  });

  it("shows another shape where mixed meetings notice nothing", () => {
    const { bridge } = aGcpPool();
    const [before, after] = [withPool({}), withPool({ bridge: { ...bridge, lastN: 2 } })];
    const [row] = section(before, after).rows;
    expect(row!.slice(0, 2)).toEqual(["`abc`", "gcp-europe-west4 of small-rooms meetings"]);
    expect(head(before, after)).toMatch(
      /^More room for `abc`: at most \d+ participants of small-rooms meetings/,
    );
  });

  it("is one sentence where nothing changes, and without a before", () => {
    expect(capacitySaid(review(aFleet(), aFleet()))).toBe("Capacity stays as it is.");
    const unknown = capacityReview({ unknown: "The base has no accounts/." }, aFleet());
    expect(unknown).toMatchObject({ noBefore: "The base has no accounts/.", customers: [], pools: [] });
    expect(capacitySaid(unknown)).toBe(
      "What callers had is as unknown as the cost before; `npx fleet capacity` says what they will have.",
    );
    expect(capacityHeadline(unknown)).toBeUndefined();
  });

  it("shows those with less room first, and counts the others", () => {
    const ids = Array.from({ length: 40 }, (_, index) => `c${index}`);
    const of = (max: (index: number) => number): Fleet =>
      aFleet({
        customers: ids.map((id) => aCustomer({ id })),
        pools: ids.map((id, index) =>
          aGcpPool({ id: `p${index}`, serves: [id], size: { min: 1, max: max(index) } }),
        ),
      });
    const { rows, notes } = section(
      of(() => 8),
      of((index) => (index < 20 ? 10 : 7)),
    );
    expect(rows).toHaveLength(12);
    expect(rows.every((row) => row.includes("**less room**"))).toBe(true);
    expect(notes).toEqual(["28 more customers, **8 of them with less room**: `npx fleet review --json`."]);
  });
});
