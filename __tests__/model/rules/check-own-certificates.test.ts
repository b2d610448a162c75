import { checkOwnCertificates } from "../../../model/rules/check-own-certificates";
import { findings } from "../../builders/findings";
import { aCustomer } from "../../builders/fleet";

const certificate = { secret: "abc-certificate" };

describe("checkOwnCertificates", () => {
  it.each(["staging", "production"] as const)("refuses one beside acme: %s", (acme) => {
    expect(findings(checkOwnCertificates, { customers: [aCustomer({ acme, certificate })] })).toEqual([
      `customer acme/abc acme: "${acme}" asks Let's Encrypt for a certificate, and certificate names one of abc's own ` +
        "(abc-certificate); allowed: one of the two; leave the other one out",
    ]);
  });

  it("accepts either", () => {
    const customers = [
      aCustomer({ certificate }),
      aCustomer({ id: "xyz", acme: "production" }),
      aCustomer({ id: "abc-two" }),
    ];
    expect(findings(checkOwnCertificates, { customers })).toEqual([]);
  });
});
