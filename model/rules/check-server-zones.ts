import { regionOfZone } from "../catalog";
import type { Account, Customer } from "../fleet";
import { quoted } from "../quoted";
import { atCustomer } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import { missingSubnet } from "./missing-subnet";
import type { Rule } from "./rule";
import { unknownName } from "./unknown-name";

/** A server stands in a zone of the catalogue, in a region where its account has a subnet. */
export const checkServerZones: Rule = (fleet) => {
  const { accounts } = indexFleet(fleet);
  const zones = new Set([...fleet.catalog.gcpRegions.values()].flatMap((region) => region.zones));
  return fleet.customers.flatMap((customer) => {
    const message = fault(customer, accounts.get(customer.account), zones);
    return message === undefined ? [] : [{ at: atCustomer(customer), path: ["server", "zone"], message }];
  });
};

function fault(customer: Customer, account: Account | undefined, zones: ReadonlySet<string>) {
  const { zone } = customer.server;
  if (!zones.has(zone)) {
    return unknownName(zone, {
      what: "Google Cloud zone",
      known: zones,
      example: "europe-west4-a",
      extra: "gcpRegions",
    });
  }
  const region = regionOfZone(zone);
  const missing = account && missingSubnet(account, region);
  return missing && `${quoted(zone)} is in ${region}, which ${missing}`;
}
