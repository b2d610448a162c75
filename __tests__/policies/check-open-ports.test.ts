import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { Firewall, type FirewallInbound } from "@cdktf/provider-linode/lib/firewall";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("open-ports");

const WHY =
  "only 80 and 443 over TCP and 10000 over UDP may face the world; name the networks that need it as its source";

const google = (allow: { protocol: string; ports?: string[] }, sourceRanges = ["0.0.0.0/0"]) =>
  policyFindings((stack) => {
    new ComputeFirewall(stack, "rule", {
      name: "rule",
      network: "net",
      sourceRanges,
      targetServiceAccounts: ["machine@p"],
      allow: [allow],
    });
  });

const linode = (inbound: Partial<FirewallInbound>, inboundPolicy = "DROP") =>
  policyFindings((stack) => {
    new Firewall(stack, "rule", {
      label: "rule",
      tags: ["fleet-account:acme", "fleet-role:bridge"],
      inboundPolicy,
      outboundPolicy: "ACCEPT",
      inbound: [{ label: "rule", action: "ACCEPT", protocol: "TCP", ...inbound }],
    });
  });

describe("checkOpenPorts on Google Cloud", () => {
  it("accepts the web and media", () => {
    expect(google({ protocol: "tcp", ports: ["80", "443"] })).toEqual([]);
    expect(google({ protocol: "udp", ports: ["10000"] })).toEqual([]);
  });

  it("accepts other ports for named networks", () => {
    expect(google({ protocol: "tcp", ports: ["22"] }, ["203.0.113.0/24"])).toEqual([]);
  });

  it("refuses SSH from anywhere", () => {
    expect(google({ protocol: "tcp", ports: ["22"] })).toEqual([
      `stack/rule: google_compute_firewall.rule: tcp port 22 is open to the world; ${WHY}`,
    ]);
  });

  it.each([
    ["a range of ports", { protocol: "udp", ports: ["10000-20000"] }, "udp port 10000-20000"],
    ["every port", { protocol: "tcp" }, "tcp port all"],
    ["every protocol", { protocol: "all" }, "all port all"],
    ["the right port of the wrong protocol", { protocol: "udp", ports: ["443"] }, "udp port 443"],
  ])("refuses %s", (_, allow, what) => {
    expect(google(allow)).toEqual([
      `stack/rule: google_compute_firewall.rule: ${what} is open to the world; ${WHY}`,
    ]);
  });

  it.each(["::/0", "0.0.0.0/1", "128.0.0.0/1"])("knows %s as the world", (range) => {
    expect(google({ protocol: "tcp", ports: ["22"] }, ["203.0.113.0/24", range])).toHaveLength(1);
  });

  it("is not fooled by an escape hatch", () => {
    const findings = policyFindings((stack) => {
      const rule = new ComputeFirewall(stack, "rule", {
        name: "rule",
        network: "net",
        sourceRanges: ["203.0.113.0/24"],
        targetServiceAccounts: ["machine@p"],
        allow: [{ protocol: "tcp", ports: ["22"] }],
      });
      rule.addOverride("source_ranges", ["0.0.0.0/0"]);
    });
    expect(findings).toHaveLength(1);
  });
});

describe("checkOpenPorts on Linode", () => {
  it("accepts media and ping from anywhere, and SSH for operators", () => {
    expect(linode({ protocol: "UDP", ports: "10000", ipv4: ["0.0.0.0/0"], ipv6: ["::/0"] })).toEqual([]);
    expect(linode({ protocol: "ICMP", ipv4: ["0.0.0.0/0"] })).toEqual([]);
    expect(linode({ ports: "22", ipv4: ["203.0.113.0/24"] })).toEqual([]);
  });

  it("refuses the control port for the world, over either protocol", () => {
    expect(linode({ ports: "443, 8080", ipv6: ["::/0"] })).toEqual([
      `stack/rule: linode_firewall.rule: tcp port 8080 is open to the world; ${WHY}`,
    ]);
  });

  it("refuses a firewall that lets in what it does not name", () => {
    expect(linode({ ports: "22", ipv4: ["203.0.113.0/24"] }, "ACCEPT")).toEqual([
      'stack/rule: linode_firewall.rule: inbound_policy is not "DROP"; whatever no rule names would be open to the ' +
        'world; set it to "DROP"',
    ]);
  });
});
