import { checkCustomersHaveBridges } from "../../../model/rules/check-customers-have-bridges";
import { aCustomer, aGcpPool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const customers = [aCustomer(), aCustomer({ id: "xyz" })];

describe("checkCustomersHaveBridges", () => {
  it("refuses a customer that no pool serves", () => {
    expect(findings(checkCustomersHaveBridges, { customers })).toEqual([
      "customer acme/xyz : customer xyz has no bridge, and calls of more than two people need one; " +
        "allowed: a pool that serves the customer, or a bridge on the server; " +
        "add xyz to serves of a pool, or set bridgeOnServer: true",
    ]);
  });

  it("accepts a pool that serves it, or a bridge on the server", () => {
    expect(
      findings(checkCustomersHaveBridges, { customers, pools: [aGcpPool({ serves: ["abc", "xyz"] })] }),
    ).toEqual([]);
    const onServer = [aCustomer({ bridgeOnServer: true })];
    expect(findings(checkCustomersHaveBridges, { customers: onServer, pools: [] })).toEqual([]);
  });

  it("waits until every pool can be read", () => {
    expect(findings(checkCustomersHaveBridges, { customers }, { pools: new Set(["acme/other"]) })).toEqual(
      [],
    );
  });
});
