import type { Catalog } from "../catalog";
import type { Account, Pool } from "../fleet";
import { quoted } from "../quoted";
import { atPool } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import { missingSubnet } from "./missing-subnet";
import type { Rule } from "./rule";
import { unknownName } from "./unknown-name";

/** A pool stands in a region of its cloud; on Google Cloud, in one where its account has a subnet. */
export const checkPoolRegions: Rule = (fleet) => {
  const { accounts } = indexFleet(fleet);
  return fleet.pools.flatMap((pool) => {
    const message = fault(pool, accounts.get(pool.account), fleet.catalog);
    return message === undefined ? [] : [{ at: atPool(pool), path: ["region"], message }];
  });
};

function fault({ cloud, region }: Pool, account: Account | undefined, catalog: Catalog) {
  const [own, other] =
    cloud === "gcp"
      ? [catalog.gcpRegions, catalog.linodeRegions]
      : [catalog.linodeRegions, catalog.gcpRegions];
  if (own.has(region)) {
    const missing = cloud === "gcp" && account && missingSubnet(account, region);
    return missing ? `${quoted(region)} ${missing}` : undefined;
  }
  if (other.has(region)) {
    const theirs = cloud === "gcp" ? "linode" : "gcp";
    return (
      `${quoted(region)} is a region of ${theirs}, and the pool's cloud is ${cloud}; ` +
      `allowed: regions of ${cloud}; choose one, or write cloud: ${theirs}`
    );
  }
  return cloud === "gcp"
    ? unknownName(region, {
        what: "Google Cloud region",
        known: own.keys(),
        example: "europe-west4",
        extra: "gcpRegions",
      })
    : unknownName(region, {
        what: "Linode region",
        known: own.keys(),
        example: "nl-ams",
        extra: "linodeRegions",
      });
}
