import type { Account } from "../fleet";
import { listed } from "../listed";

/**
 * The second half of the message about a region that an account has no subnet in, `has no subnet in account acme; …`,
 * or undefined when it has one.
 */
export function missingSubnet(account: Account, region: string): string | undefined {
  if (!account.gcp || Object.hasOwn(account.gcp.network.regions, region)) return undefined;
  const regions = Object.keys(account.gcp.network.regions);
  return (
    `has no subnet in account ${account.id}; allowed: ${regions.length > 0 ? listed(regions) : "none yet"}; ` +
    `choose one, or add ${region} to gcp.network.regions in accounts/${account.id}/account.yaml`
  );
}
