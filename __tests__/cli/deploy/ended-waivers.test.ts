import { endedWaivers } from "../../../cli/deploy/ended-waivers";

const waiver = (until: string) => ({
  rule: "snapshots" as const,
  on: "customer-abc/google_compute_disk.data",
  reason: "copied by hand until it goes",
  owner: "ops@acme.example",
  until,
});

describe("endedWaivers", () => {
  it("names those that have ended, and no other", () =>
    expect(
      endedWaivers(
        [
          { id: "acme", waivers: [waiver("2026-11-29"), waiver("2026-11-30")] },
          { id: "globex", waivers: [waiver("2027-06-30")] },
        ],
        "2026-11-30",
      ),
    ).toEqual([
      "warning: account acme: the waiver of snapshots on customer-abc/google_compute_disk.data ended on 2026-11-29; " +
        "allowed: today, 2026-11-30, or later; mend the finding and remove the waiver, or let ops@acme.example say why " +
        "it goes on and until when",
    ]));
});
