import { checkPrices } from "../../../model/rules/check-prices";
import { findings } from "../../builders/findings";

const pricing = (usd: Readonly<Record<string, number>>) => ({
  prices: { source: "our contract", date: "2026-07-01", usd },
});

describe("checkPrices", () => {
  it.each([
    [
      "gcp/machine/n2-standard-44",
      "n2-standard-44",
      "Google Cloud machine type",
      'did you mean "n2-standard-4"?',
    ],
    ["gcp/disk/pd-balance/europe-west4", "pd-balance", "type of disk", 'did you mean "pd-balanced"?'],
    ["gcp/egress/europe-wets4", "europe-wets4", "Google Cloud region", 'did you mean "europe-west4"?'],
    ["gcp/relay/us-east1/zzz", "zzz", "Google Cloud region", "correct or remove it"],
    ["linode/machine/g6-dedicated-4/nl-amz", "nl-amz", "Linode region", 'did you mean "nl-ams"?'],
  ])("refuses %s", (name, part, what, advice) => {
    expect(findings(checkPrices, pricing({ [name]: 1 }))).toEqual([
      `defaults prices.usd.${name}: "${part}" is not a known ${what}, so nothing uses this price; allowed: ` +
        `${what === "type of disk" ? "pd-balanced, pd-ssd, pd-standard" : "those of the catalogue and of catalog.extra"}; ${advice}`,
    ]);
  });

  it("accepts what the catalogue knows, and no prices at all", () => {
    expect(
      findings(checkPrices, pricing({ "gcp/machine/n2-standard-4/europe-west4": 0.2, "gcp/monitoring": 0 })),
    ).toEqual([]);
    expect(findings(checkPrices, {})).toEqual([]);
  });
});
