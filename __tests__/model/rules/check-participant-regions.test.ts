import type { Customer } from "../../../model/fleet";
import { checkParticipantRegions } from "../../../model/rules/check-participant-regions";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const withRegion = (participantRegion: Customer["participantRegion"], customer: Partial<Customer> = {}) => ({
  customers: [aCustomer({ ...customer, ...(participantRegion && { participantRegion }) })],
});
const AT = "customer acme/abc participantRegion";

describe("checkParticipantRegions", () => {
  it("refuses regions that no bridge announces, with the nearest name", () => {
    const found = findings(
      checkParticipantRegions,
      withRegion({
        header: { name: "X-Client-Region", values: { EU: "europe-west4" } },
        networks: { "203.0.113.0/24": "gcp-us-eats1" },
      }),
    );
    expect(found).toEqual([
      `${AT}.header.values.EU: "europe-west4" is not a bridge region; allowed: gcp- or linode- and a region of the ` +
        'catalogue; did you mean "gcp-europe-west4"?',
      `${AT}.networks.203.0.113.0/24: "gcp-us-eats1" is not a bridge region; allowed: gcp- or linode- and a region of ` +
        'the catalogue; did you mean "gcp-us-east1"?',
    ]);
  });

  it("refuses a network that could mean one address", () => {
    const header = { name: "X-Region", values: { EU: "gcp-europe-west4" }, from: ["203.0.113.7/24"] };
    expect(findings(checkParticipantRegions, withRegion({ header }))).toEqual([
      `${AT}.header.from.0: "203.0.113.7/24" is not the start of a network; allowed: "203.0.113.0/24" for the network, ` +
        '"203.0.113.7/32" for the one address; write the one you mean',
    ]);
  });

  it.each([{}, { networks: {} }, { header: { name: "X-Region", values: {} } }])(
    "refuses %j, which says nothing",
    (nothing) => {
      expect(findings(checkParticipantRegions, withRegion(nothing))).toEqual([
        `${AT}: places nobody; allowed: header with values, networks, or both; name some, or remove it`,
      ]);
    },
  );

  it("warns of regions without a bridge near", () => {
    const networks = { "203.0.113.0/24": "gcp-us-east1", "198.51.100.0/24": "linode-de-fra-2" };
    const warning = (network: string, region: string) =>
      `warning, ${AT}.networks.${network}: no bridge of customer abc is in ${region} or in a region of its group: ` +
      "participants from there share the bridges of the server's region; add a pool near them, or leave the entry out";
    const warnings = (customer: Partial<Customer>, pools: ReturnType<typeof aGcpPool>[]) =>
      findings(checkParticipantRegions, { ...withRegion({ networks }, customer), pools });

    expect(warnings({}, [aGcpPool()])).toEqual([warning("203.0.113.0/24", "gcp-us-east1")]);
    expect(warnings({}, [aGcpPool(), aGcpPool({ id: "us", region: "us-west1" })])).toEqual([]);
    expect(warnings({ regionGroups: [["gcp-europe-west4"]] }, [aGcpPool()])).toHaveLength(2);
    // A bridge of another customer does not count, one on the server does.
    expect(warnings({}, [aGcpPool({ serves: ["xyz"] })])).toHaveLength(2);
    expect(warnings({ bridgeOnServer: true }, [])).toEqual([warning("203.0.113.0/24", "gcp-us-east1")]);
  });

  it("accepts regions of both clouds, and customers without the option", () => {
    const networks = { "203.0.113.0/24": "linode-nl-ams", "10.0.0.0/8": "gcp-europe-west4" };
    const pools = [aGcpPool(), aLinodePool()];
    expect(findings(checkParticipantRegions, { ...withRegion({ networks }), pools })).toEqual([]);
    expect(findings(checkParticipantRegions, withRegion(undefined))).toEqual([]);
  });
});
