import { planTable } from "../../../cli/deploy/plan-table";

const none = { add: 0, change: 0, replace: 0, destroy: 0 };

describe("planTable", () => {
  it("shows numbers below their titles, and says where nothing changes", () => {
    const rows = [
      { stack: "account-acme", wave: "accounts", counts: none },
      { stack: "customer-abc", wave: "1", counts: { ...none, add: 12, replace: 1 } },
    ];
    expect(planTable(rows).split("\n")).toEqual([
      "  stack         wave      add  change  replace  destroy",
      "  account-acme  accounts  no changes",
      "  customer-abc  1          12                1",
    ]);
  });

  it("has no waves where there are none", () => {
    expect(planTable([{ stack: "customer-abc", counts: { ...none, destroy: 3 } }])).toBe(
      "  stack         add  change  replace  destroy\n  customer-abc                              3",
    );
  });
});
