import { checkTrialCertificates } from "../../../model/rules/check-trial-certificates";
import { aCustomer } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkTrialCertificates", () => {
  it("warns that bridges will not join", () => {
    expect(findings(checkTrialCertificates, { customers: [aCustomer({ acme: "staging" })] })).toEqual([
      'warning, customer acme/abc acme: "staging" certificates are refused by the bridges of eu-burst, nl-static, ' +
        'which will not join; set "production" when the host name answers',
    ]);
  });

  it("accepts trials without a pool, and real certificates", () => {
    expect(
      findings(checkTrialCertificates, { customers: [aCustomer({ acme: "staging" })], pools: [] }),
    ).toEqual([]);
    expect(findings(checkTrialCertificates, {})).toEqual([]);
  });
});
