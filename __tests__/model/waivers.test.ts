import { waiverSchema } from "../../model/schema/waiver";
import { isWaived, waiverEnd } from "../../model/waivers";

const WAIVER = {
  rule: "open-ports",
  on: "customer-abc/google_compute_firewall.web",
  reason: "a partner's old phones, until they are replaced",
  owner: "ops@acme.example",
  until: "2027-01-31",
} as const;

describe("waiverSchema", () => {
  it("takes a waiver", () => expect(waiverSchema.parse(WAIVER)).toEqual(WAIVER));

  it.each([
    "account-acme",
    "customer-*/google_compute_disk.data",
    "bridges-acme-eu-*/google_compute_firewall.*",
    "customer-abc/files/server/etc/fleet/grafana/*.yaml",
  ])("takes %s", (on) => expect(waiverSchema.parse({ ...WAIVER, on }).on).toBe(on));

  it.each([
    { rule: "open-doors" },
    { on: "everything/*" },
    { on: "customer-abc/" },
    { on: "customer-*" },
    { on: "c*/google_compute_disk.data" },
    { on: "customer-abc/*" },
    { on: "customer-abc/google_*.data" },
    { reason: "later" },
    { owner: "ops" },
    { until: "2027-02-30" },
    { until: "soon" },
    { ticket: "1" },
  ])("refuses %p", (change) => expect(waiverSchema.safeParse({ ...WAIVER, ...change }).success).toBe(false));
});

describe("isWaived", () => {
  it.each([
    [WAIVER.on, WAIVER.on, true],
    [WAIVER.on, "customer-abc/google_compute_firewall.website", false],
    [WAIVER.on, "customer-abc", false],
    ["customer-*/google_compute_firewall.web", WAIVER.on, true],
    ["customer-*", WAIVER.on, false],
    ["customer-abc", "customer-abc", true],
    ["customer-abc/files/*", "customer-abc/files/server/web.env", false],
    ["customer-abc/files/server/*.env", "customer-abc/files/server/web.env", true],
    ["customer-abc/google_compute_firewall.*", WAIVER.on, true],
    ["customer-abc/google_compute_firewall.web", "customer-abc/google_compute_firewallxweb", false],
  ])("says of %p and %p: %p", (on, place, expected) =>
    expect(isWaived({ ...WAIVER, on }, { rule: "open-ports", place })).toBe(expected),
  );

  it("is about its own rule only", () =>
    expect(isWaived(WAIVER, { rule: "rule-targets", place: WAIVER.on })).toBe(false));
});

describe("waiverEnd", () => {
  it.each([
    ["2026-11-30", undefined],
    ["2027-01-16", undefined],
    ["2027-01-17", "warning"],
    ["2027-01-31", "warning"],
    ["2027-02-01", "error"],
    ["2026-01-30", undefined],
    ["2026-01-29", "error"],
  ])("judges it on %s: %s", (today, severity) => expect(waiverEnd(WAIVER, today)?.severity).toBe(severity));

  it("says when it ended and what to do", () =>
    expect(waiverEnd(WAIVER, "2027-02-01")!.message).toBe(
      "the waiver of open-ports on customer-abc/google_compute_firewall.web ended on 2027-01-31; allowed: today, " +
        "2027-02-01, or later; mend the finding and remove the waiver, or let ops@acme.example say why it goes on and " +
        "until when",
    ));
});
