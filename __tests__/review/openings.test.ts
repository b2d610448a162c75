import { forbidsAnything, isPublic, newOpenings, openingsOf, uncovered } from "../../review/openings";

const google = (attributes: Parameters<typeof openingsOf>[1]) =>
  openingsOf("google_compute_firewall", attributes);
const linode = (attributes: Parameters<typeof openingsOf>[1]) => openingsOf("linode_firewall", attributes);

describe("openingsOf", () => {
  it("is each port from each source of a Google firewall", () => {
    const allow = [{ protocol: "tcp", ports: ["80", "443"] }, { protocol: "icmp" }];
    expect(google({ allow, source_ranges: ["0.0.0.0/0"], source_service_accounts: ["srv@x"] })).toEqual(
      ["tcp 80", "tcp 443", "icmp"].flatMap((port) => [
        { port, from: "0.0.0.0/0" },
        { port, from: "srv@x" },
      ]),
    );
  });

  it("is nothing for a rule that lets out or is off, and for other types", () => {
    const open = { allow: [{ protocol: "tcp", ports: ["22"] }], source_ranges: ["0.0.0.0/0"] };
    expect(google({ ...open, direction: "EGRESS" })).toEqual([]);
    expect(google({ ...open, disabled: true })).toEqual([]);
    expect(openingsOf("google_compute_network", open)).toEqual([]);
    expect(google(null)).toEqual([]);
  });

  it("reads both families of a Linode firewall", () => {
    const inbound = [
      { action: "ACCEPT", protocol: "TCP", ports: "22, 80", ipv4: ["203.0.113.0/24"], ipv6: ["::/0"] },
      { action: "DROP", protocol: "UDP", ports: "1", ipv4: ["0.0.0.0/0"] },
    ];
    expect(linode({ inbound, inbound_policy: "DROP" })).toEqual([
      { port: "tcp 22", from: "203.0.113.0/24" },
      { port: "tcp 22", from: "::/0" },
      { port: "tcp 80", from: "203.0.113.0/24" },
      { port: "tcp 80", from: "::/0" },
    ]);
  });

  it("takes a Linode firewall that accepts what it does not name, or is off, for open", () => {
    const everything = [{ port: "everything", from: "0.0.0.0/0" }];
    expect(linode({ inbound: [], inbound_policy: "ACCEPT" })).toEqual(everything);
    expect(linode({ inbound: [], inbound_policy: "DROP", disabled: true })).toEqual(everything);
  });
});

describe("uncovered", () => {
  const way = (port: string, from: string) => ({ port, from });
  it.each([
    ["a network within another", way("tcp 22", "10.1.0.0/16"), way("tcp 22", "10.0.0.0/8"), true],
    ["a network around another", way("tcp 22", "10.0.0.0/8"), way("tcp 22", "10.1.0.0/16"), false],
    ["an account within the internet", way("tcp 22", "srv@x"), way("tcp 22", "0.0.0.0/0"), true],
    ["an account within a network", way("tcp 22", "srv@x"), way("tcp 22", "10.0.0.0/8"), false],
    ["IPv6 within all of IPv4", way("tcp 22", "2001:db8::/32"), way("tcp 22", "0.0.0.0/0"), false],
    ["IPv6 within all of IPv6", way("tcp 22", "2001:db8::/32"), way("tcp 22", "::/0"), true],
    ["a port within its protocol", way("tcp 22", "a"), way("tcp", "a"), true],
    ["a port within everything", way("tcp 22", "a"), way("everything", "a"), true],
    ["another port", way("tcp 22", "a"), way("tcp 23", "a"), false],
  ])("%s", (_, narrow, wide, isCovered) => {
    expect(uncovered([narrow], [wide])).toEqual(isCovered ? [] : [narrow]);
  });
});

describe("newOpenings", () => {
  const rule = (source: string, port = "22") => ({
    ...{ allow: [{ protocol: "tcp", ports: [port] }], source_ranges: [source] },
  });
  const opened = (before: ReturnType<typeof rule> | null, after: ReturnType<typeof rule> | null) =>
    newOpenings({ type: "google_compute_firewall", before, after, unknown: {} });

  it("are all of a new rule, and what an old one did not have; none of one that goes or narrows", () => {
    const wide = rule("203.0.113.0/24");
    expect(opened(null, wide)).toEqual([{ port: "tcp 22", from: "203.0.113.0/24" }]);
    expect(opened(wide, rule("203.0.112.0/23"))).toEqual([{ port: "tcp 22", from: "203.0.112.0/23" }]);
    expect(opened(wide, rule("203.0.113.0/24", "80"))).toEqual([{ port: "tcp 80", from: "203.0.113.0/24" }]);
    expect(opened(wide, rule("203.0.113.0/25"))).toEqual([]);
    expect(opened(wide, null)).toEqual([]);
  });

  it("are also those for a machine of the same plan, whose address is not known yet", () => {
    const { source_ranges: _, ...after } = rule("");
    const later = [{ port: "tcp 22", from: "known after apply" }];
    const opening = { type: "google_compute_firewall", before: null, after };
    expect(newOpenings({ ...opening, unknown: { source_ranges: true } })).toEqual(later);
    expect(newOpenings({ ...opening, unknown: { source_ranges: [true] } })).toEqual(later);
    expect(newOpenings({ ...opening, unknown: { id: true } })).toEqual([]);
  });
});

describe("isPublic", () => {
  it.each([
    ["0.0.0.0/0", true],
    ["0.0.0.0/1", true],
    ["::/0", true],
    ["2000::/3", true],
    ["10.0.0.0/8", false],
    ["2001:db8::/32", false],
    ["srv@acme.iam.gserviceaccount.com", false],
  ])("%s: %p", (from, expected) => {
    expect(isPublic({ port: "tcp 22", from })).toBe(expected);
  });
});

describe("forbidsAnything", () => {
  it("holds for what denies, drops or is for what goes out", () => {
    expect(forbidsAnything("google_compute_firewall", { deny: [{ protocol: "udp" }] })).toBe(true);
    expect(forbidsAnything("google_compute_firewall", { direction: "EGRESS" })).toBe(true);
    expect(forbidsAnything("google_compute_firewall", { allow: [{}], deny: [] })).toBe(false);
    expect(forbidsAnything("linode_firewall", { inbound: [{ action: "DROP" }] })).toBe(true);
    expect(forbidsAnything("linode_firewall", { inbound: [{ action: "ACCEPT" }] })).toBe(false);
    expect(forbidsAnything("linode_firewall", null)).toBe(false);
  });
});
