import { checkNetworks } from "../../../model/rules/check-networks";
import { anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const withRegions = (regions: Record<string, string>) => ({
  accounts: [anAccount({ gcp: { project: "acme-meet-prod", network: { regions } } })],
});
const AT = "account acme gcp.network.regions";

describe("checkNetworks", () => {
  it.each([
    ["10.20.1.0/20", '"10.20.1.0/20" is not the start of a network; allowed: "10.20.0.0/20"; write that'],
    [
      "10.0.0.0/7",
      '"10.0.0.0/7" is too wide for a subnet; allowed: /8 to /29; choose one, such as /20 for 4092 machines',
    ],
    [
      "10.20.0.0/30",
      '"10.20.0.0/30" is too narrow for a subnet; allowed: /8 to /29; choose one, such as /20 for 4092 machines',
    ],
    [
      "8.8.8.0/24",
      '"8.8.8.0/24" is not private; allowed: ranges inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, ' +
        "100.64.0.0/10; choose one",
    ],
    [
      "172.17.16.0/20",
      '"172.17.16.0/20" overlaps 172.17.0.0/16, which Docker\'s own containers use; ' +
        "allowed: ranges that machines do not use inside; choose another, such as one in 10.0.0.0/8",
    ],
    [
      "172.30.0.0/16",
      '"172.30.0.0/16" overlaps 172.30.0.0/24, which the containers of a server use; ' +
        "allowed: ranges that machines do not use inside; choose another, such as one in 10.0.0.0/8",
    ],
  ])("refuses %s", (cidr, message) => {
    expect(findings(checkNetworks, withRegions({ "europe-west4": cidr }))).toEqual([
      `${AT}.europe-west4: ${message}`,
    ]);
  });

  it("refuses ranges that overlap, at the one written later", () => {
    const regions = {
      "us-east1": "10.20.8.0/21",
      "europe-west4": "10.20.0.0/20",
      "us-west1": "10.20.16.0/20",
    };
    expect(findings(checkNetworks, withRegions(regions))).toEqual([
      `${AT}.europe-west4: "10.20.0.0/20" overlaps 10.20.8.0/21 of us-east1; ` +
        "allowed: ranges without a common address; choose another",
    ]);
  });

  it.each([
    "10.20.0.0/29",
    "172.16.0.0/16",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "10.0.0.0/8",
    "172.30.1.0/24",
  ])("accepts %s", (cidr) => {
    expect(findings(checkNetworks, withRegions({ "europe-west4": cidr }))).toEqual([]);
  });
});
