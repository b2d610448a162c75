import { checkRehearsals } from "../../../model/rules/check-rehearsals";
import { checkTrialCertificates } from "../../../model/rules/check-trial-certificates";
import { findings } from "../../builders/findings";
import { aCustomer, aLinodePool, anAccount } from "../../builders/fleet";

const rehearsal = anAccount({ rehearsal: true, state: { bucket: "acme-rehearsal" } });
const globex = anAccount({ id: "globex", state: { bucket: "globex-terraform" } });

describe("checkRehearsals", () => {
  it("refuses one whose state is kept like that of real customers", () => {
    expect(findings(checkRehearsals, { accounts: [anAccount({ rehearsal: true })] })).toEqual([
      'account acme rehearsal: the state of acme is in "acme-meet-prod-terraform", as that of real customers is; ' +
        "allowed: a bucket whose name ends in -rehearsal, for an account that has nothing else; leave rehearsal out, or " +
        "rehearse in an account of its own",
    ]);
  });

  it("accepts one with a bucket that says so, and a bucket of that name for nothing", () => {
    expect(findings(checkRehearsals, { accounts: [rehearsal] })).toEqual([]);
    expect(findings(checkRehearsals, { accounts: [{ ...rehearsal, rehearsal: false }] })).toEqual([]);
  });

  it("refuses bridges of a rehearsal for real customers, and the other way round", () => {
    const customers = [aCustomer(), aCustomer({ id: "xyz", account: "globex" })];
    const pools = [
      aLinodePool({ serves: ["abc", "xyz"] }),
      aLinodePool({ id: "us", account: "globex", serves: ["xyz", "abc"] }),
    ];
    const why =
      "acme is a rehearsal, where nobody verifies certificates, and globex is not; allowed: customers of";
    expect(findings(checkRehearsals, { accounts: [rehearsal, globex], customers, pools })).toEqual([
      `pool acme/nl-static serves.1: "xyz" is a customer of globex; ${why} acme; serve xyz from a pool of globex`,
      `pool globex/us serves.1: "abc" is a customer of acme; ${why} globex; serve abc from a pool of acme`,
    ]);
    expect(findings(checkRehearsals, { accounts: [anAccount(), globex], customers, pools })).toEqual([]);
  });

  it("leaves nobody to warn of trial certificates", () => {
    const customers = [aCustomer({ acme: "staging" })];
    expect(findings(checkTrialCertificates, { accounts: [rehearsal], customers })).toEqual([]);
  });
});
