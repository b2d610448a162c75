import type { CloudStore } from "./cloud-store";

/** Set aside for documentation: nobody is reached there. */
const DOCUMENTATION = ["203.0.113", "198.51.100", "192.0.2"];
const HOSTS = 254;

/** A public IPv4 address that no object had before: for documentation, then, when these are used up, for benchmarks. */
export function nextPublicAddress(store: CloudStore): string {
  const index = store.next("public address");
  const network = DOCUMENTATION[Math.floor(index / HOSTS)];
  if (network) return `${network}.${(index % HOSTS) + 1}`;
  const beyond = index - DOCUMENTATION.length * HOSTS;
  return `198.${18 + Math.floor(beyond / 65_536)}.${Math.floor(beyond / 256) % 256}.${beyond % 256}`;
}
