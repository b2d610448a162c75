import { costHeadline } from "../../../cli/review/cost-headline";
import { costReview } from "../../../cli/review/cost-review";
import { costSaid } from "../../../cli/review/cost-words";
import type { ReviewPart } from "../../../cli/review/review-part";
import type { Fleet } from "../../../model/fleet";
import { aCustomer, aFleet, aGcpPool, aLinodePool } from "../../builders/fleet";

/** Traffic is free, so that the figures are machines and what belongs to them. */
const prices = { source: "a contract", date: "2026-07-01", usd: { "gcp/egress": 0, "gcp/relay": 0 } };
const withPool = (size: { readonly min: number; readonly max: number }): Fleet =>
  aFleet({ pools: [aGcpPool({ size })], prices });
const review = (before: Fleet, after: Fleet) => costReview({ fleet: before }, after);
const always = (usd: number) => ({ floor: usd, expected: usd, ceiling: usd });
const section = (before: Fleet, after: Fleet): ReviewPart => {
  const said = costSaid(review(before, after), false);
  if (typeof said !== "object") throw new Error(String(said));
  return said;
};

/** n2-standard-4 in europe-west4 for 730 hours at 0.213832: a server without pools costs 167.45, 170.10, 207.20. */
const ALONE = { floor: 167.45, expected: 170.1, ceiling: 207.2 };

describe("costReview", () => {
  it("has the ceiling of a maximum that is raised, and nothing else", () => {
    const { customers, pools, total, byPrices, noBefore } = review(
      withPool({ min: 1, max: 8 }),
      withPool({ min: 1, max: 12 }),
    );
    // Four machines more: 1873.17 - 1248.78; disks 4 x 2.20, addresses 4 x 3.65, the metric 1.03 - 0.69
    const difference = { floor: 0, expected: 0, ceiling: 648.13 };
    expect(total.difference).toEqual(difference);
    expect([noBefore, byPrices]).toEqual([null, always(0)]);
    expect(pools).toMatchObject([{ name: "acme/eu-burst", account: "acme", change: "changed", difference }]);
    expect(customers).toMatchObject([{ name: "abc", change: "changed", difference }]);
  });

  it("has the floor of a minimum that is lowered", () => {
    const { total } = review(withPool({ min: 2, max: 8 }), withPool({ min: 1, max: 8 }));
    // 312.19 - 156.10 for the machine, 2.20 disk, 3.65 address, 0.17 - 0.09 metric
    expect(total.difference!.floor).toBe(-162.02);
    expect(total.difference!.ceiling).toBe(0);
  });

  it("says what the same people cost where another size is taken for other people", () => {
    const pool = (min: number, max: number): Fleet => aFleet({ pools: [aGcpPool({ size: { min, max } })] });
    const smaller = review(pool(2, 8), pool(1, 8));
    // An office week fills half as many bridges: less traffic, and less of the load that one bridge does not carry.
    expect(smaller.total.difference).toMatchObject({ floor: -162.02, expected: -520.7 });
    // The same hours on one bridge instead of two: the traffic is what it was, and at their fullest they want a second one.
    // 130 people at the fullest have a second bridge from 65 on, until 42 are left: Monday to Thursday from 8:30 to 17:30, on
    // Friday from 9:00 to 17:15, which are 4 x 36 + 33 = 177 of 672 quarters. -162.02 x 495 / 672.
    expect(smaller.samePeople).toBe(-119.35);
    expect(costHeadline(smaller)).toBe(
      "The expected cost falls by USD 521 a month to 701 (with as many people as before: 119 less).",
    );
    const said = costSaid(smaller, false) as ReviewPart;
    expect(said.notes[0]).toBe(
      "Expected takes as many people as fill the bridges that are kept. Those change, so it takes other people. " +
        "With as many people as before, a month costs USD 119 less in all (docs/cost-and-capacity.md).",
    );
    // A maximum is for other people in none of the figures of what is expected.
    expect(review(pool(1, 8), pool(1, 12)).samePeople).toBe(0);
    expect(costHeadline(review(pool(1, 8), pool(1, 12)))).not.toContain("people");
  });

  it("says so where the same people cost the same", () => {
    const pool = (min: number): Fleet => aFleet({ pools: [aGcpPool({ size: { min, max: 8 } })] });
    const said = costSaid({ ...review(pool(2), pool(1)), samePeople: -0.2 }, false) as ReviewPart;
    expect(said.notes[0]).toMatch(/ a month costs the same in all \(/);
  });

  it("does not call it free that people go to dearer bridges", () => {
    const linode = (draining: number): Fleet =>
      aFleet({ pools: [aGcpPool(), aLinodePool({ size: 3, draining })] });
    const drained = review(linode(0), linode(3));
    // Linodes cost the same while they drain. What leaves Google is paid for by the gigabyte.
    expect(drained.total.difference!.expected).toBeLessThan(1);
    expect(drained.samePeople).toBeGreaterThan(500);
    expect(costHeadline(drained)).toMatch(/^With as many people as before, a month costs USD [\d,]+ more\./);
    // No table of figures that do not change.
    expect(costSaid(drained, false)).toMatchObject({ title: "Cost", rows: [] });
  });

  it("has another machine type of a server in all three figures", () => {
    const server = { ...aCustomer().server, machineType: "n2-standard-8" };
    const { customers, pools, total } = review(
      aFleet({ pools: [] }),
      aFleet({ pools: [], customers: [aCustomer({ server })] }),
    );
    // 0.427664 x 730 = 312.19, before 156.10
    expect(customers.map(({ name, difference }) => [name, difference])).toEqual([["abc", always(156.09)]]);
    expect(pools).toEqual([]);
    expect(total).toEqual({
      before: ALONE,
      after: { floor: 323.54, expected: 326.19, ceiling: 363.29 },
      difference: always(156.09),
    });
  });

  it("has no before for a customer that is new, and no after for one that is gone", () => {
    const one = aFleet({ pools: [] });
    const two = aFleet({ pools: [], customers: [aCustomer(), aCustomer({ id: "xyz" })] });
    expect(review(one, two).customers).toEqual([
      { name: "xyz", account: "acme", change: "added", before: null, after: ALONE, difference: ALONE },
    ]);
    expect(review(two, one).customers).toEqual([
      {
        ...{ name: "xyz", account: "acme", change: "removed", before: ALONE, after: null },
        difference: { floor: -167.45, expected: -170.1, ceiling: -207.2 },
      },
    ]);
    expect(section(one, two).rows[0]).toEqual(["`xyz` (new)", "167", "170", "207"]);
    expect(section(two, one).rows).toEqual([
      ["`xyz` (removed, was)", "167", "170", "207"],
      ["all", "335 → 167 (−167)", "340 → 170 (−170)", "414 → 207 (−207)"],
    ]);
  });

  it("says of a neighbour whose share changes that only others' traffic moves it", () => {
    const poolOf = (id: string) => aGcpPool({ id: `${id}-burst`, serves: [id] });
    const alone = aFleet({ pools: [poolOf("abc")] });
    const both = aFleet({
      pools: [poolOf("abc"), poolOf("xyz")],
      customers: [aCustomer(), aCustomer({ id: "xyz" })],
    });
    const note =
      "Only others' traffic moves `abc`, `acme/abc-burst`: what an account sends is charged together.";
    for (const [before, after] of [
      [alone, both],
      [both, alone],
    ] as const) {
      const { customers, movedByNeighbours } = review(before, after);
      expect(movedByNeighbours).toEqual(["abc", "acme/abc-burst"]);
      // More of it is cheaper: what was sent costs less together.
      expect(customers.find(({ name }) => name === "abc")!.difference.ceiling < 0).toBe(after === both);
      expect(section(before, after).notes[0]).toBe(note);
    }
    // A change of its own is no one else's.
    const own = { ...both, pools: [aGcpPool({ ...poolOf("abc"), size: { min: 1, max: 9 } }), poolOf("xyz")] };
    expect(review(alone, own).movedByNeighbours).toEqual([]);
    expect(section(alone, own).notes.join(" ")).not.toContain("Only others' traffic");
  });

  it("says of whoever shares a pool with others than before that the part is another one", () => {
    const customers = [aCustomer(), aCustomer({ id: "xyz" })];
    const serving = (...serves: [string, ...string[]]): Fleet =>
      aFleet({ customers, pools: [aGcpPool({ serves })] });
    const [alone, both] = [serving("abc"), serving("abc", "xyz")];
    const note =
      "Pools of `abc` serve others than before: a pool's cost is divided among those whom it serves.";
    for (const [before, after] of [
      [alone, both],
      [both, alone],
    ] as const) {
      expect(review(before, after).sharedWithOthers).toEqual(["abc"]);
      expect(section(before, after).notes[0]).toBe(note);
    }
    const larger = aFleet({ customers, pools: [aGcpPool({ size: { min: 1, max: 9 } })] });
    expect(section(alone, larger).notes.join(" ")).not.toContain("serve others");
  });

  it("has each side at its own prices, and says what prices alone make of it", () => {
    const before = aFleet({ pools: [] });
    const own = { source: "a contract", date: "2026-07-01", usd: { "gcp/machine/n2-standard-4": 0.1 } };
    const server = { ...aCustomer().server, bootDiskGb: 30 };
    const after = aFleet({ pools: [], prices: own, customers: [aCustomer({ server })] });
    const cost = review(before, after);
    // 73.00 instead of 156.10 for the machine; ten GB more at 0.11
    expect(cost.byPrices).toEqual(always(-83.1));
    expect(cost.total.difference).toEqual(always(-82));
    expect(cost.prices).toEqual([
      { price: "gcp/machine/n2-standard-4/europe-west4", per: "hour", before: 0.213832, after: 0.1 },
    ]);
    expect(cost.priceDates).toEqual(["2025-03-06", "2026-07-01"]);
    expect(section(before, after).notes[0]).toBe(
      "**Prices differ**: before is at the base's, after at those of this change " +
        "(`gcp/machine/n2-standard-4/europe-west4` 0.213832 → 0.1 USD an hour). Prices alone make −83.10 a month of what is " +
        "expected, −83.10 of the ceiling.",
    );
    expect(costHeadline(cost)).toBe(
      "The expected cost falls by USD 82 a month to 88, the ceiling by USD 82 to 125. " +
        "Prices differ, and make −83 a month of what is expected.",
    );
  });

  it("says which prices nobody knows, and on which side", () => {
    const at = (machineType: string): Fleet =>
      aFleet({
        pools: [],
        customers: [aCustomer({ server: { ...aCustomer().server, machineType } })],
      });
    const [known, unknown] = [at("n2-standard-4"), at("c4-standard-4")];
    expect(review(known, unknown).unknown).toMatchObject([
      { price: "gcp/machine/c4-standard-4/europe-west4", in: "after" },
    ]);
    expect(review(unknown, known).unknown).toMatchObject([{ in: "before" }]);
    expect(section(known, unknown).notes[0]).toMatch(
      /^\*\*Not in the sum after, so the difference is not all\*\*: no price known for gcp\/machine\/c4-standard-4/,
    );
    // Not that it falls by the 156.10 of the machine whose price is known.
    const notKnown =
      "**Whether the cost rises or falls is not known**: no price is known for `gcp/machine/c4-standard-4/europe-west4`.";
    expect(costHeadline(review(known, unknown))).toBe(notKnown);
    expect(costHeadline(review(unknown, known))).toBe(notKnown);
    expect(costHeadline(review(unknown, unknown))).toBeUndefined();
    expect(costSaid(review(unknown, unknown), false)).toMatch(
      /stays as it is.* \*\*In no sum\*\*: no price known/,
    );
  });

  it("is one sentence where no money moves, and says what it cannot see of code", () => {
    const fleet = aFleet({ pools: [] });
    const words = "Cost stays as it is: USD 170 a month expected, at prices of 2025-03-06.";
    expect(costSaid(review(fleet, fleet), false)).toBe(words);
    expect(costSaid(review(fleet, fleet), true)).toBe(
      `${words} No file of the accounts differs, and what a change of the model itself costs is not seen here.`,
    );
    expect(costHeadline(review(fleet, fleet))).toBeUndefined();
  });

  it("goes on without a before", () => {
    const cost = costReview({ unknown: "The base has no accounts/." }, aFleet({ pools: [] }));
    expect(cost).toMatchObject({
      noBefore: "The base has no accounts/.",
      total: { before: null, after: ALONE, difference: null },
      customers: [],
    });
    expect(costSaid(cost, false)).toMatchObject({
      lead: [
        "The base has no accounts/. So what a month did cost is not known; now it is USD 170 as expected, 167 at least, " +
          "207 at most.",
      ],
      rows: [],
    });
    expect(costHeadline(cost)).toBeUndefined();
  });

  it("speaks of much money in the head, up or down, and of little not", () => {
    const words = (before: Fleet, after: Fleet) => costHeadline(review(before, after));
    const [eight, twelve] = [withPool({ min: 1, max: 8 }), withPool({ min: 1, max: 12 })];
    expect(words(eight, twelve)).toMatch(/^The ceiling of the cost rises by USD 648 a month to /);
    expect(words(twelve, eight)).toMatch(/^The ceiling of the cost falls by USD 648 a month to /);
    const server = { ...aCustomer().server, bootDiskGb: 30 };
    const more = aFleet({ pools: [], customers: [aCustomer({ server })] });
    expect(words(aFleet({ pools: [] }), more)).toBeUndefined();
    expect(section(aFleet({ pools: [] }), more).rows.at(-1)![2]).toBe("170.10 → 171.20 (+1.10)");
  });

  it("leaves what rounding does to a customer to the sum and to JSON", () => {
    const { server } = aCustomer();
    const of = (bootDiskGb: number): Fleet =>
      aFleet({ pools: [], customers: [aCustomer({ server: { ...server, bootDiskGb } })] });
    // A gigabyte is 0.11 a month.
    expect(section(of(20), of(21)).rows.map(([name]) => name)).toEqual(["all"]);
    expect(review(of(20), of(21)).customers).toMatchObject([{ difference: always(0.11) }]);
    expect(section(of(20), of(25)).rows.map(([name]) => name)).toEqual(["`abc`", "all"]);
  });

  it("shows the ten largest of many, and how much the others are at most", () => {
    const customers = Array.from({ length: 30 }, (_, index) =>
      aCustomer({ id: `c${index}`, server: { ...aCustomer().server, bootDiskGb: 20 + index } }),
    );
    const before = aFleet({ pools: [aLinodePool()], customers });
    const larger = customers.map((each, index) => ({
      ...each,
      server: { ...each.server, dataDiskGb: 50 + 100 * index },
    }));
    const { rows, notes } = section(before, { ...before, customers: larger });
    expect(rows.map(([name]) => name)).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `\`c${29 - index}\``),
      "all",
    ]);
    // c0 has no change; c19 has 1900 GB more: 209 for the disk, and 15 x 1900 x 0.053 for snapshots at most
    expect(notes[0]).toBe(
      "19 more customers and pools, each by USD 1,720 at most: `npx fleet review --json`.",
    );
  });
});
