import { evidence, oldestFirst } from "../../../model/rules/older-account";
import { aFleet, anAccount, aLinodePool } from "../../builders/fleet";

const order = (fleet: ReturnType<typeof aFleet>) =>
  oldestFirst(fleet, fleet.accounts, ({ id }) => id).map(({ id }) => id);
const twins = [anAccount({ id: "aaa" }), anAccount({ id: "acme" })];

describe("the older of two accounts", () => {
  it("is the one whose name is in what both say", () => {
    const fleet = aFleet({ accounts: twins, pools: [] });
    expect(order(fleet)).toEqual(["acme", "aaa"]);
    expect(evidence(fleet, "acme", "aaa")).toBe("names");
  });

  it("is the one that was synthesized, whatever the names say", () => {
    const fleet = aFleet({ accounts: twins, pools: [], synthesized: new Set(["account-aaa"]) });
    expect(order(fleet)).toEqual(["aaa", "acme"]);
    expect(evidence(fleet, "aaa", "acme")).toBe("synthesized");
  });

  it("is known by its pools where it has no Google Cloud side", () => {
    const pools = [aLinodePool({ account: "aaa" }), aLinodePool({ account: "acme" })];
    const fleet = aFleet({ accounts: twins, pools, synthesized: new Set(["bridges-aaa-nl-static"]) });
    expect(order(fleet)).toEqual(["aaa", "acme"]);
  });

  it("is not told by a name inside a word, or when both have stacks", () => {
    const accounts = [anAccount({ id: "me" }), anAccount({ id: "zone" })].map((account) => ({
      ...account,
      dns: undefined,
    })) as unknown as typeof twins;
    const fleet = aFleet({ accounts, pools: [], synthesized: new Set(["account-me", "account-zone"]) });
    expect(order(fleet)).toEqual(["me", "zone"]);
    expect(evidence(fleet, "me", "zone")).toBeUndefined();
  });
});
