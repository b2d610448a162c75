import { loadFleet } from "../../config/load-fleet";
import { isKnown } from "../../model/prices/price";
import { pricesOf } from "../../model/prices/price-list";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";

describe("prices of accounts/defaults.yaml", () => {
  const fleet = new FleetCommand();
  afterAll(fleet.close);

  const withPrices = (lines: string) => {
    fleet.write({ "accounts/defaults.yaml": `${MODELINES.defaults}prices:\n${lines}` });
    return loadFleet(fleet.accounts);
  };

  it("win over the shipped table", () => {
    const loaded = withPrices(
      '  source: our contract\n  date: "2026-07-01"\n  usd: { gcp/machine/n2-standard-4/europe-west4: 0.19 }\n',
    );
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const price = pricesOf(loaded.fleet).gcpMachine("n2-standard-4", "europe-west4");
    expect(isKnown(price) && price).toMatchObject({ usd: 0.19, source: "our contract", date: "2026-07-01" });
  });

  it.each([
    ['  source: x\n  date: "2026"\n  usd: {}\n', 'such as "2026-07-01"'],
    [
      '  source: x\n  date: "2026-07"\n  usd: { gcp/machines/n2-standard-4: 1 }\n',
      "gcp/machine/<type>/<region>",
    ],
    ['  source: x\n  date: "2026-07"\n  usd: { gcp/egress/europe-west4/more: 1 }\n', "gcp/egress/<region>"],
    ['  source: x\n  date: "2026-07"\n  usd: { gcp/monitoring: -1 }\n', "prices.usd.gcp/monitoring"],
  ])("are refused as %j", (lines, words) => {
    const loaded = withPrices(lines);
    expect(loaded.ok).toBe(false);
    expect(JSON.stringify(loaded)).toContain(JSON.stringify(words).slice(1, -1));
  });
});
