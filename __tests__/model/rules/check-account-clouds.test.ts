import type { Account } from "../../../model/fleet";
import { checkAccountClouds } from "../../../model/rules/check-account-clouds";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const without = (...keys: string[]): Account =>
  Object.fromEntries(
    Object.entries(anAccount()).filter(([key]) => !keys.includes(key)),
  ) as unknown as Account;

describe("checkAccountClouds", () => {
  it("refuses an account without a cloud", () => {
    const fleet = { accounts: [without("gcp", "linode", "dns")], customers: [], pools: [] };
    expect(findings(checkAccountClouds, fleet)).toEqual([
      "account acme : the account has no cloud; allowed: gcp, linode or both; add one of them",
    ]);
  });

  it("refuses a zone without a project", () => {
    const fleet = { accounts: [without("gcp")], customers: [], pools: [] };
    expect(findings(checkAccountClouds, fleet)).toEqual([
      "account acme dns: the account has no Google Cloud project to hold the zone; allowed: dns beside gcp; " +
        "add gcp, or leave dns out and publish host names elsewhere",
    ]);
  });

  it("refuses servers and bridges in a cloud that the account does not have", () => {
    expect(findings(checkAccountClouds, { accounts: [without("gcp", "dns")] })).toEqual([
      'customer acme/abc server.cloud: "gcp" is not set up in account acme; allowed: customers in accounts with ' +
        "gcp; add gcp to accounts/acme/account.yaml, or move this file to an account that has it",
      'pool acme/eu-burst cloud: "gcp" is not set up in account acme; allowed: linode; ' +
        "add gcp to accounts/acme/account.yaml, or choose the other cloud",
    ]);
    expect(findings(checkAccountClouds, { accounts: [without("linode")] })).toEqual([
      'pool acme/nl-static cloud: "linode" is not set up in account acme; allowed: gcp; ' +
        "add linode: {} to accounts/acme/account.yaml, or choose the other cloud",
    ]);
  });

  it("accepts an account of one cloud with what fits into it, and judges nobody by a broken account", () => {
    const pools = [aLinodePool(), aGcpPool({ account: "broken" })];
    const customers = [aCustomer({ account: "broken" })];
    expect(findings(checkAccountClouds, { accounts: [without("gcp", "dns")], customers, pools })).toEqual([]);
  });
});
