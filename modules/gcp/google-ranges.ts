/** Addresses that Google itself connects from (Compute Engine documentation, firewall rules for IAP and probes). */

/** TCP forwarding of Identity-Aware Proxy. */
export const IAP_RANGE = "35.235.240.0/20";

/** Health checks. */
export const PROBE_RANGES = ["130.211.0.0/22", "35.191.0.0/16"];
