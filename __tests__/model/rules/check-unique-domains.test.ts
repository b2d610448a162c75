import { checkUniqueDomains } from "../../../model/rules/check-unique-domains";
import { anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkUniqueDomains", () => {
  it("refuses a second zone of one domain", () => {
    const accounts = [anAccount(), anAccount({ id: "beta" })];
    expect(findings(checkUniqueDomains, { accounts })).toEqual([
      'account beta dns.domain: "meet.acme.example" is already the domain of account acme (the original, by the names); ' +
        'allowed: a domain of its own; delegate a subdomain, such as "beta.meet.acme.example", and name it here',
    ]);
  });

  it("accepts a subdomain", () => {
    const dns = { managedZone: "beta", domain: "beta.meet.acme.example", createZone: true };
    expect(findings(checkUniqueDomains, { accounts: [anAccount(), anAccount({ id: "beta", dns })] })).toEqual(
      [],
    );
  });
});
