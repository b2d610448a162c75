import { checkUniqueHostNames } from "../../../model/rules/check-unique-host-names";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const WAY_OUT = "allowed: a host name that nothing else has; set another hostname";

describe("checkUniqueHostNames", () => {
  it("refuses the host name of another customer, written or made of the id", () => {
    const customers = [aCustomer(), aCustomer({ id: "xyz", hostname: "abc.meet.acme.example" })];
    expect(findings(checkUniqueHostNames, { customers })).toEqual([
      `customer acme/xyz hostname: "abc.meet.acme.example" already belongs to customer abc of account acme; ${WAY_OUT}`,
    ]);
  });

  it("refuses the host name of a Linode bridge", () => {
    const customers = [aCustomer({ hostname: "nl-static-3.bridges.meet.acme.example" })];
    expect(findings(checkUniqueHostNames, { customers })).toEqual([
      'customer acme/abc hostname: "nl-static-3.bridges.meet.acme.example" already is bridge 3 of pool nl-static ' +
        `of account acme; ${WAY_OUT}`,
    ]);
  });

  it.each([
    "nl-static-4.bridges.meet.acme.example", // the pool has three
    "nl-static-03.bridges.meet.acme.example",
    "eu-burst-1.bridges.meet.acme.example", // on Google Cloud, where bridges have no host names
    "nl-static-1.bridges.other.example",
  ])("accepts %s", (hostname) => {
    const pools = [aLinodePool({ size: 3 }), aGcpPool()];
    expect(findings(checkUniqueHostNames, { customers: [aCustomer({ hostname })], pools })).toEqual([]);
  });

  it("leaves a copied account to the rules about ids and domains", () => {
    const accounts = [anAccount(), anAccount({ id: "beta" })];
    const customers = [aCustomer(), aCustomer({ account: "beta" })];
    expect(findings(checkUniqueHostNames, { accounts, customers, pools: [] })).toEqual([]);
  });
});
