import { checkNetworksOfAccounts } from "../../../model/rules/check-networks-of-accounts";
import { anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const inRange = (id: string, ...cidrs: readonly string[]) =>
  anAccount({
    id,
    gcp: {
      project: `${id}-meet-prod`,
      network: { regions: Object.fromEntries(cidrs.map((cidr, index) => [`europe-west${index + 1}`, cidr])) },
    },
  });

describe("checkNetworksOfAccounts", () => {
  it.each([
    ["the same", "10.20.0.0/20", "10.20.0.0/20"],
    ["one that holds the other's", "10.20.0.0/20", "10.0.0.0/8"],
    ["one inside the other's", "10.20.0.0/20", "10.20.8.0/24"],
  ])("refuses %s", (_, first, second) => {
    const accounts = [inRange("abc", first), inRange("xyz", "10.99.0.0/16", second)];
    expect(findings(checkNetworksOfAccounts, { accounts })).toEqual([
      `account xyz gcp.network.regions.europe-west2: "${second}" overlaps ${first} of europe-west1 in account abc; ` +
        "allowed: ranges that no other account uses; choose another",
    ]);
  });

  it("accepts neighbours, and leaves ranges of one account to another rule", () => {
    const accounts = [
      inRange("abc", "10.20.0.0/20", "10.20.0.0/20"),
      inRange("xyz", "10.20.16.0/20", "10.19.255.0/24"),
    ];
    expect(findings(checkNetworksOfAccounts, { accounts })).toEqual([]);
  });
});
