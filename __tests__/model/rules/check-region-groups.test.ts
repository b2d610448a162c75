import { checkRegionGroups } from "../../../model/rules/check-region-groups";
import { aCustomer } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const withGroups = (...regionGroups: string[][]) => ({ customers: [aCustomer({ regionGroups })] });
const ALLOWED = "is not a bridge region; allowed: gcp- or linode- and a region of the catalogue;";

describe("checkRegionGroups", () => {
  it.each([
    ["gcp-europe-wst4", 'did you mean "gcp-europe-west4"?'],
    ["nl-ams", 'did you mean "linode-nl-ams"?'],
    ["us-east1", 'did you mean "gcp-us-east1"?'],
    ["gcp-nl-ams", 'did you mean "linode-nl-ams"?'],
    ["moon", 'such as "gcp-europe-west4"'],
  ])("refuses %s", (region, wayOut) => {
    expect(findings(checkRegionGroups, withGroups(["gcp-us-east1"], ["gcp-us-west1", region]))).toEqual([
      `customer acme/abc regionGroups.1.1: "${region}" ${ALLOWED} ${wayOut}`,
    ]);
  });

  it("refuses a region in two groups", () => {
    expect(findings(checkRegionGroups, withGroups(["gcp-us-east1"], ["gcp-us-east1"]))).toEqual([
      'customer acme/abc regionGroups.1.0: "gcp-us-east1" is named twice; allowed: a region in one group; remove one',
    ]);
  });

  it("accepts groups over both clouds, and none", () => {
    expect(
      findings(checkRegionGroups, withGroups(["gcp-europe-west4", "linode-nl-ams"], ["gcp-us-east1"])),
    ).toEqual([]);
    expect(findings(checkRegionGroups, {})).toEqual([]);
  });
});
