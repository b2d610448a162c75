import { checkSelectionStrategy } from "../../../model/rules/check-selection-strategy";
import { jicofoSchema } from "../../../model/schema/jicofo";
import { aCustomer } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const regionGroups = [["gcp-europe-west4"]];
const select = (selectionStrategy: string) => jicofoSchema.parse({ selectionStrategy });

describe("checkSelectionStrategy", () => {
  it.each(["SingleBridge", "IntraRegion"])(
    "warns of region groups with %s, which has no use for them",
    (name) => {
      const customers = [aCustomer({ regionGroups, jicofo: select(name) })];
      expect(findings(checkSelectionStrategy, { customers })).toEqual([
        `warning, customer acme/abc regionGroups: not looked at with selectionStrategy "${name}"; remove them, or choose ` +
          '"RegionBased"',
      ]);
    },
  );

  it("accepts region groups with RegionBased, and another strategy without them", () => {
    const customers = [aCustomer({ regionGroups }), aCustomer({ id: "xyz", jicofo: select("SingleBridge") })];
    expect(findings(checkSelectionStrategy, { customers })).toEqual([]);
  });
});
