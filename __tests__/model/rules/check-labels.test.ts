import { checkLabels } from "../../../model/rules/check-labels";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const labels = (count: number, prefix = "label") =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${prefix}-${n}`, "x"]));

describe("checkLabels", () => {
  it("refuses more labels than a resource takes, together with the account's", () => {
    const fleet = {
      accounts: [anAccount({ labels: labels(40) })],
      customers: [aCustomer({ labels: labels(17, "own") })],
      pools: [],
    };
    expect(findings(checkLabels, fleet)).toEqual([
      "customer acme/abc labels: 57 labels are more than the 64 of Google Cloud leave beside our own; allowed: at most 56; remove some",
    ]);
  });

  it("blames an account once, not its files too", () => {
    expect(findings(checkLabels, { accounts: [anAccount({ labels: labels(57) })] })).toEqual([
      "account acme labels: 57 labels are more than the 64 of Google Cloud leave beside our own; allowed: at most 56; remove some",
    ]);
  });

  it("refuses labels that are too long for a Linode's tag", () => {
    const long = { "cost-center": "department-of-remote-collaboration-2026" };
    const message = (at: string) =>
      `${at} labels.cost-center: "cost-center:department-of-remote-collaboration-2026" has 51 characters as a tag of ` +
      "a Linode; allowed: at most 50; shorten it by 1";
    expect(findings(checkLabels, { accounts: [anAccount({ labels: long })] })).toEqual([
      message("account acme"),
    ]);
    expect(findings(checkLabels, { pools: [aLinodePool({ labels: long })] })).toEqual([
      message("pool acme/nl-static"),
    ]);
    expect(findings(checkLabels, { accounts: [anAccount({ labels: long })], pools: [aGcpPool()] })).toEqual(
      [],
    );
  });

  it("accepts 56 labels, counting one that the customer overrides once", () => {
    const fleet = {
      accounts: [anAccount({ labels: labels(40) })],
      customers: [aCustomer({ labels: { ...labels(16, "own"), "label-0": "y" } })],
      pools: [],
    };
    expect(findings(checkLabels, fleet)).toEqual([]);
  });
});
