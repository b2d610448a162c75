import { readFileSync } from "node:fs";
import { loadFleet } from "../../config/load-fleet";
import { SHAPES } from "../../estimate/meeting-shape";
import { pricesOf } from "../../model/prices/price-list";
import { isKnown } from "../../model/prices/price";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";

const page = readFileSync("docs/cost-and-capacity.md", "utf8");

describe("docs/cost-and-capacity.md", () => {
  it("shows prices that accounts/defaults.yaml may have, and each is used", () => {
    const [, yaml] = /```yaml\n([^]*?)```/.exec(page)!;
    const fleet = new FleetCommand();
    try {
      fleet.write({
        "accounts/defaults.yaml": MODELINES.defaults + yaml!.replace(/^#.*\n/, ""),
      });
      const loaded = loadFleet(fleet.accounts);
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
      const prices = pricesOf(loaded.fleet);
      const answers = [
        prices.gcpMachine("n2-standard-4", "europe-west4"),
        prices.gcpMachine("c4-standard-4", "us-east1"),
        prices.egress("gcp", "us-east1"),
        prices.gcpRelay("europe-west4", "asia-east1"),
        prices.linodeMachine("g6-dedicated-4", "nl-ams"),
      ];
      expect(answers.map((price) => isKnown(price) && price.usd)).toEqual([0.19, 0.2, 0.06, 0.08, 65]);
      expect(Object.keys(loaded.fleet.prices!.usd)).toHaveLength(answers.length);
    } finally {
      fleet.close();
    }
  });

  it("names every shape of meetings", () => {
    for (const { name } of SHAPES) expect(page).toContain(`| \`${name}\` |`);
  });
});
