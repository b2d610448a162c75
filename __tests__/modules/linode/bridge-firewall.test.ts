import { buildLinodeBridgeFirewall } from "../../../modules/linode/bridge-firewall";
import { terraformOf } from "../../builders/terraform";

const firewall = (sshFrom: string[]) =>
  terraformOf((stack) => buildLinodeBridgeFirewall(stack, { label: "acme-nl-static", tags: [], sshFrom }))
    .resource.linode_firewall.firewall;

const ssh = (sshFrom: string[]) =>
  firewall(sshFrom).inbound.find(({ label }: { label: string }) => label === "ssh");

describe("buildLinodeBridgeFirewall", () => {
  it("drops what it does not name", () => {
    expect(firewall([])).toMatchObject({ inbound_policy: "DROP", outbound_policy: "ACCEPT" });
  });

  it("opens media and ping to the world over both protocols", () => {
    const anywhere = { action: "ACCEPT", ipv4: ["0.0.0.0/0"], ipv6: ["::/0"] };
    expect(firewall([]).inbound).toEqual([
      { label: "media", protocol: "UDP", ports: "10000", ...anywhere },
      { label: "ping", protocol: "ICMP", ...anywhere },
    ]);
  });

  it("opens SSH to the operators' networks, sorted out by protocol", () => {
    expect(ssh(["2001:db8::/48", "203.0.113.0/24"])).toEqual({
      label: "ssh",
      action: "ACCEPT",
      protocol: "TCP",
      ports: "22",
      ipv4: ["203.0.113.0/24"],
      ipv6: ["2001:db8::/48"],
    });
  });

  it("leaves out a protocol that no operator uses, and SSH when there is nobody", () => {
    expect(ssh(["203.0.113.0/24"])).not.toHaveProperty("ipv6");
    expect(ssh([])).toBeUndefined();
  });
});
