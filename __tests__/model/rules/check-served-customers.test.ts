import { checkServedCustomers } from "../../../model/rules/check-served-customers";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const accounts = [anAccount(), anAccount({ id: "globex" })];
const customers = [aCustomer(), aCustomer({ id: "xyz", account: "globex" })];

describe("checkServedCustomers", () => {
  it("refuses an unknown customer with the nearest id", () => {
    expect(findings(checkServedCustomers, { pools: [aLinodePool({ serves: ["abc", "abd"] })] })).toEqual([
      'pool acme/nl-static serves.1: "abd" is not a customer; allowed: abc; did you mean "abc"?',
    ]);
  });

  it("lists a few ids when none is near", () => {
    const many = Array.from({ length: 11 }, (_, n) => aCustomer({ id: `customer-${n}` }));
    expect(
      findings(checkServedCustomers, { customers: many, pools: [aGcpPool({ serves: ["abc"] })] }),
    ).toEqual([
      'pool acme/eu-burst serves.0: "abc" is not a customer; allowed: customer-0, customer-1, customer-10, ' +
        "customer-2, customer-3, customer-4, customer-5, customer-6 and 3 more; " +
        "write its file first, or leave it out",
    ]);
  });

  it("refuses a Google pool that serves a customer of another account", () => {
    expect(
      findings(checkServedCustomers, { accounts, customers, pools: [aGcpPool({ serves: ["xyz"] })] }),
    ).toEqual([
      'pool acme/eu-burst serves.0: "xyz" is a customer of account globex, whose network bridges of acme cannot ' +
        "reach; allowed: customers of acme; move this file to accounts/globex/pools, " +
        "or serve the customer from Linode",
    ]);
  });

  it("accepts a Linode pool that serves two accounts", () => {
    const pools = [aLinodePool({ serves: ["abc", "xyz"] }), aGcpPool()];
    expect(findings(checkServedCustomers, { accounts, customers, pools })).toEqual([]);
  });

  it("warns of a Linode pool that serves none of its account's own customers", () => {
    const pools = [aLinodePool({ account: "globex", serves: ["abc"] })];
    expect(findings(checkServedCustomers, { accounts, customers, pools })).toEqual([
      "warning, pool globex/nl-static serves: all of them are customers of other accounts (abc of acme), although " +
        'globex has its own; if that is a copy\'s leftover, name customers such as "xyz"',
    ]);
    const linodeOnly = [aLinodePool({ account: "gamma", serves: ["abc"] })];
    expect(findings(checkServedCustomers, { accounts, customers, pools: linodeOnly })).toEqual([]);
    const unsure = [aLinodePool({ account: "globex", serves: ["abc", "broken"] })];
    const broken = { customers: new Set(["broken"]) };
    expect(findings(checkServedCustomers, { accounts, customers, pools: unsure }, broken)).toEqual([]);
  });

  it("does not call a customer unknown whose file is broken", () => {
    const pools = [aLinodePool({ serves: ["broken"] })];
    expect(findings(checkServedCustomers, { pools }, { customers: new Set(["broken"]) })).toEqual([]);
  });

  it("takes an id for the account's own customer while two accounts have it", () => {
    const twice = [aCustomer(), aCustomer({ account: "globex" })];
    const pools = [aGcpPool({ account: "globex" })];
    expect(findings(checkServedCustomers, { accounts, customers: twice, pools })).toEqual([]);
  });
});
