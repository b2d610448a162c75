import type { Cloud } from "./catalog";
import { linodeNetworkMbps } from "./prices/shipped-prices";

/** What a machine sends at most, and who says so. */
export interface NetworkLimit {
  readonly mbitPerSecond: number;
  readonly source: string;
}

/** To the Internet, per VM, without the TIER_1 option. */
const GCP_VM_MBPS = 7_000;

/** By family and processors, where it is less than what any VM may. */
const GCP_TYPE_MBPS: Readonly<Record<string, number>> = { "e2-2": 4_000 };

/** undefined for a Linode type that the catalogue's list lacks. @param type `n2-standard-4`, `g6-dedicated-4`. */
export function networkLimit(cloud: Cloud, type: string, vcpus: number): NetworkLimit | undefined {
  if (cloud === "linode") {
    const mbps = linodeNetworkMbps(type);
    return mbps === undefined
      ? undefined
      : { mbitPerSecond: mbps, source: `what the Linode API says of ${type}, 2024-07` };
  }
  const ofType = GCP_TYPE_MBPS[`${type.split("-")[0]}-${vcpus}`];
  return ofType === undefined
    ? { mbitPerSecond: GCP_VM_MBPS, source: "Google's limit of traffic to the Internet per VM, 2026-03" }
    : { mbitPerSecond: ofType, source: `Google's limit of ${type}, 2026-03` };
}
