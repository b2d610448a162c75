import { type Catalog, regionOfZone } from "../catalog";
import type { Account, Customer } from "../fleet";
import { quoted } from "../quoted";
import { atCustomer } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import { listed } from "../listed";
import { missingSubnet } from "./missing-subnet";
import type { Rule } from "./rule";
import { unknownName } from "./unknown-name";

/** A server stands in a zone of the catalogue, in a region where its account has a subnet. */
export const checkServerZones: Rule = (fleet) => {
  const { accounts } = indexFleet(fleet);
  return fleet.customers.flatMap((customer) => {
    const message = fault(customer, accounts.get(customer.account), fleet.catalog);
    return message === undefined ? [] : [{ at: atCustomer(customer), path: ["server", "zone"], message }];
  });
};

function fault({ server: { zone } }: Customer, account: Account | undefined, { gcpRegions }: Catalog) {
  const region = regionOfZone(zone);
  const zones = gcpRegions.get(region)?.zones;
  if (!zones) {
    return unknownName(zone, {
      what: "Google Cloud zone",
      known: [...gcpRegions.values()].flatMap((known) => known.zones),
      example: "europe-west4-a",
      extra: "gcpRegions",
    });
  }
  if (!zones.includes(zone)) {
    const wayOut = "choose one, or admit it under catalog.extra.gcpRegions in accounts/defaults.yaml";
    return `${quoted(zone)} is not a known zone of ${region}; allowed: ${listed(zones)}; ${wayOut}`;
  }
  const missing = account && missingSubnet(account, region);
  return missing && `${quoted(zone)} is in ${region}, which ${missing}`;
}
