import { checkHostNameZones } from "../../../model/rules/check-host-name-zones";
import { aCustomer, anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const beta = anAccount({
  id: "beta",
  dns: { managedZone: "beta", domain: "eu.meet.acme.example", createZone: true },
});
const named = (hostname: string) => ({ customers: [aCustomer({ hostname })] });

describe("checkHostNameZones", () => {
  it("refuses a host name in the zone of another account, even below the own domain", () => {
    const fleet = { accounts: [anAccount(), beta], ...named("abc.eu.meet.acme.example") };
    expect(findings(checkHostNameZones, fleet)).toEqual([
      'customer acme/abc hostname: "abc.eu.meet.acme.example" is in eu.meet.acme.example, the domain of account ' +
        "beta; allowed: names below meet.acme.example, or of a domain that no account holds; choose one",
    ]);
  });

  it("warns that a host name elsewhere is published by hand", () => {
    expect(findings(checkHostNameZones, named("meetings.customer.example"))).toEqual([
      'warning, customer acme/abc hostname: "meetings.customer.example" is not below meet.acme.example, so it gets ' +
        "no record from us; publish one yourself, with the address of the server of abc",
    ]);
  });

  it("accepts the domain itself, what is below it, and anything without dns", () => {
    const withoutDns = anAccount({ id: "gamma" });
    delete withoutDns.dns;
    const customers = [
      aCustomer({ hostname: "meet.acme.example" }),
      aCustomer({ id: "xyz", hostname: "a.b.meet.acme.example" }),
      aCustomer({ id: "free", account: "gamma", hostname: "video.example" }),
      aCustomer({ id: "lost", account: "broken", hostname: "video.example" }),
    ];
    expect(findings(checkHostNameZones, { accounts: [anAccount(), withoutDns], customers })).toEqual([]);
  });
});
