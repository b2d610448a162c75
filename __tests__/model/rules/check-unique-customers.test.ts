import { checkUniqueCustomers } from "../../../model/rules/check-unique-customers";
import { aCustomer } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkUniqueCustomers", () => {
  it("refuses an id that another account has", () => {
    const customers = [aCustomer(), aCustomer({ account: "globex" })];
    expect(findings(checkUniqueCustomers, { customers })).toEqual([
      'customer globex/abc : "abc" is already the id of a customer of account acme; ' +
        "allowed: ids that no other account uses; rename this file",
    ]);
  });

  it("accepts neighbours", () => {
    expect(findings(checkUniqueCustomers, { customers: [aCustomer(), aCustomer({ id: "abcd" })] })).toEqual(
      [],
    );
  });
});
