import { checkPoolZones } from "../../../model/rules/check-pool-zones";
import { aGcpPool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const withZones = (...zones: string[]) => ({ pools: [aGcpPool({ region: "europe-west1", zones })] });

describe("checkPoolZones", () => {
  it("refuses zones of other regions, and zones that do not exist", () => {
    expect(findings(checkPoolZones, withZones("europe-west1-b", "europe-west1-a"))).toEqual([
      'pool acme/eu-burst zones.1: "europe-west1-a" is not a zone of europe-west1; allowed: europe-west1-b, ' +
        "europe-west1-c, europe-west1-d; choose among these, or leave zones out for all",
    ]);
  });

  it("refuses a zone twice", () => {
    expect(findings(checkPoolZones, withZones("europe-west1-b", "europe-west1-b"))).toEqual([
      'pool acme/eu-burst zones.1: "europe-west1-b" is named twice; allowed: each zone once; remove this one',
    ]);
  });

  it("accepts some zones, all of them, and zones of a region that another rule refuses", () => {
    expect(findings(checkPoolZones, withZones("europe-west1-d", "europe-west1-b"))).toEqual([]);
    expect(
      findings(checkPoolZones, { pools: [aGcpPool(), aGcpPool({ region: "mars", zones: ["x"] })] }),
    ).toEqual([]);
  });
});
