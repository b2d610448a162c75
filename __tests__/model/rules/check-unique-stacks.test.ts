import { checkUniqueStacks } from "../../../model/rules/check-unique-stacks";
import { aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkUniqueStacks", () => {
  it("refuses a pool whose stack is another account's", () => {
    const pools = [
      aGcpPool({ account: "acme", id: "eu-burst" }),
      aLinodePool({ account: "acme-eu", id: "burst" }),
    ];
    expect(findings(checkUniqueStacks, { pools })).toEqual([
      'pool acme-eu/burst : "bridges-acme-eu-burst" is already the stack of pool eu-burst of account acme; ' +
        "allowed: a pool id that makes another stack id; rename this file",
    ]);
  });

  it("accepts one pool id in two accounts", () => {
    const pools = [aGcpPool({ account: "acme" }), aGcpPool({ account: "globex" })];
    expect(findings(checkUniqueStacks, { pools })).toEqual([]);
  });
});
