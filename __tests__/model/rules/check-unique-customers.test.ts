import { checkUniqueCustomers } from "../../../model/rules/check-unique-customers";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const TAKEN = '"abc" is already the id of a customer of account acme';
const ALLOWED = "allowed: ids that no other account uses";

describe("checkUniqueCustomers", () => {
  it("refuses an id that another account has, and names where the copy's pools say it", () => {
    const customers = [aCustomer(), aCustomer({ account: "globex" })];
    const pools = [
      aGcpPool(),
      aLinodePool({ account: "globex", serves: ["xyz", "abc"] }),
      aGcpPool({ account: "globex", serves: ["xyz"] }),
    ];
    expect(findings(checkUniqueCustomers, { customers, pools })).toEqual([
      `customer globex/abc : ${TAKEN}; ${ALLOWED}; rename this file`,
      `pool globex/nl-static serves.1: ${TAKEN}; ${ALLOWED}; write the new name of accounts/globex/customers/abc.yaml`,
    ]);
  });

  it("accepts neighbours", () => {
    expect(findings(checkUniqueCustomers, { customers: [aCustomer(), aCustomer({ id: "abcd" })] })).toEqual(
      [],
    );
  });
});
