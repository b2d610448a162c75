import type { Account } from "../../../model/fleet";
import { checkOperatorAccess } from "../../../model/rules/check-operator-access";
import { aGcpPool, anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const withOperators = (operators: Partial<Account["operators"]>) => ({
  accounts: [anAccount({ operators: { ...anAccount().operators, ...operators } })],
});
const AT = "account acme operators";

describe("checkOperatorAccess", () => {
  it("warns when nobody may log in to Google machines", () => {
    expect(findings(checkOperatorAccess, withOperators({ iap: [] }))).toEqual([
      `warning, ${AT}.iap: nobody may log in to the Google machines of the account; ` +
        "name who may, such as group:ops@acme.example",
    ]);
  });

  it.each([
    ["0.0.0.0/0", 8],
    ["128.0.0.0/1", 8],
    ["::/0", 16],
    ["2000::/3", 16],
  ])("refuses SSH from %s", (network, widest) => {
    expect(findings(checkOperatorAccess, withOperators({ sshFrom: ["203.0.113.0/24", network] }))).toEqual([
      `${AT}.sshFrom.1: "${network}" opens SSH to the public; allowed: /${widest} or narrower; ` +
        "name the networks of your office or VPN",
    ]);
  });

  it("refuses a network that could mean one address", () => {
    expect(findings(checkOperatorAccess, withOperators({ sshFrom: ["203.0.113.7/24"] }))).toEqual([
      `${AT}.sshFrom.0: "203.0.113.7/24" is not the start of a network; allowed: "203.0.113.0/24" for the network, ` +
        '"203.0.113.7/32" for the one address; write the one you mean',
    ]);
  });

  it("refuses more networks than a firewall rule takes", () => {
    const sshFrom = Array.from({ length: 256 }, (_, n) => `203.0.113.${n}/32`);
    expect(findings(checkOperatorAccess, withOperators({ sshFrom }))).toEqual([
      `${AT}.sshFrom: 256 networks are more than a Linode firewall rule takes; allowed: at most 255; ` +
        "join neighbours to wider networks",
    ]);
    expect(findings(checkOperatorAccess, withOperators({ sshFrom: sshFrom.slice(1) }))).toEqual([]);
  });

  it("refuses Linode machines without a key, which they take only when they are made", () => {
    expect(findings(checkOperatorAccess, withOperators({ sshKeys: {}, sshFrom: [] }))).toEqual([
      `${AT}.sshKeys: pool nl-static runs on Linode, where nobody can ever log in without a key from the start; ` +
        "allowed: at least one key; add the public key of each operator",
    ]);
  });

  it("refuses Linode machines that no push can reach", () => {
    expect(findings(checkOperatorAccess, withOperators({ sshFrom: [] }))).toEqual([
      `${AT}.sshFrom: pool nl-static runs on Linode, which gets its files and passwords over SSH, and that is closed to ` +
        "everybody; allowed: at least one network; name those of the people who deploy, such as 203.0.113.0/24",
    ]);
  });

  it("asks for keys and networks only where there is Linode, and for people only where there is Google", () => {
    expect(
      findings(checkOperatorAccess, { ...withOperators({ sshKeys: {}, sshFrom: [] }), pools: [aGcpPool()] }),
    ).toEqual([]);
    const onLinode = { ...withOperators({ iap: [] }).accounts[0]! };
    delete onLinode.gcp;
    expect(findings(checkOperatorAccess, { accounts: [onLinode] })).toEqual([]);
    expect(
      findings(checkOperatorAccess, withOperators({ sshFrom: ["10.0.0.0/8", "2001:db8::/48"] })),
    ).toEqual([]);
  });
});
