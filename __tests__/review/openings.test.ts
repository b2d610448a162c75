import { isPublic, openingsOf, without } from "../../review/openings";

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

describe("without", () => {
  it("leaves what the other list does not have", () => {
    const [a, b] = [
      { port: "tcp 22", from: "x" },
      { port: "tcp 22", from: "0.0.0.0/0" },
    ];
    expect(without([a, b], [a])).toEqual([b]);
    expect([a, b].map(isPublic)).toEqual([false, true]);
  });
});
