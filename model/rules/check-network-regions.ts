import { atAccount } from "./entity-ref";
import type { Rule } from "./rule";
import { unknownName } from "./unknown-name";

/** The regions of an account's network are in the catalogue. */
export const checkNetworkRegions: Rule = ({ accounts, catalog }) =>
  accounts.flatMap((account) =>
    Object.keys(account.gcp?.network.regions ?? {})
      .filter((region) => !catalog.gcpRegions.has(region))
      .map((region) => ({
        at: atAccount(account),
        path: ["gcp", "network", "regions", region],
        message: unknownName(region, {
          what: "Google Cloud region",
          known: catalog.gcpRegions.keys(),
          example: "europe-west4",
          extra: "gcpRegions",
        }),
      })),
  );
