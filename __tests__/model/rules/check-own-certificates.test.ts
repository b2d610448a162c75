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

  it("refuses a password in its place, also another customer's", () => {
    const secret = "xyz-jvb-auth-password";
    const customers = [aCustomer({ certificate: { secret } }), aCustomer({ id: "xyz" })];
    expect(findings(checkOwnCertificates, { customers })).toEqual([
      `customer acme/abc certificate.secret: "${secret}" is a password of this project's, which abc would get to read; ` +
        "allowed: a secret that people made; name the one that holds the certificate",
    ]);
    // Another account is another project.
    const apart = [customers[0]!, aCustomer({ id: "xyz", account: "globex" })];
    expect(findings(checkOwnCertificates, { customers: apart })).toEqual([]);
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
