import { checkWaivers } from "../../../model/rules/check-waivers";
import { anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const waiver = {
  rule: "snapshots",
  on: "customer-abc/google_compute_disk.data",
  reason: "the old server is copied by hand until it goes",
  owner: "ops@acme.example",
  until: "2026-12-31",
} as const;
const accounts = [anAccount({ waivers: [waiver] })];

describe("checkWaivers", () => {
  it("refuses one that has ended, and names who answers for it", () =>
    expect(findings(checkWaivers, { accounts, today: "2027-01-01" })).toEqual([
      "account acme waivers.0.until: the waiver of snapshots on customer-abc/google_compute_disk.data ended on 2026-12-31; " +
        "allowed: today, 2027-01-01, or later; mend the finding and remove the waiver, or let ops@acme.example say why it " +
        "goes on and until when",
    ]));

  it("accepts one on its last day, and whoever has no clock says nothing", () => {
    const warned = checkWaivers({ accounts, customers: [], pools: [], today: "2026-12-31" } as never, {
      accounts: new Set(),
      customers: new Set(),
      pools: new Set(),
    });
    expect(warned.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(findings(checkWaivers, { accounts })).toEqual([]);
  });
});
