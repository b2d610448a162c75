import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { bridgeMachine } from "./bridge-machine";
import { atCustomer, atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** Types whose processors are shared with other tenants (Linode: shared plans; Google Cloud: shared-core types). */
const SHARED = {
  linode: /^g[0-9]+-(?:nanode|standard)-/,
  gcp: /^(?:e2-(?:micro|small|medium)|f1-micro|g1-small)$/,
};
const OWN = { linode: "g6-dedicated-4", gcp: "n2-standard-4" };

/**
 * Warns of bridges on shared processors, also of one on a server. A bridge counts the time that neighbours take from it
 * as its own stress, so it turns callers away, and the pool grows, for a load that is not its own.
 */
export const checkSharedProcessors: Rule = ({ customers, pools, catalog }) => {
  const message = (cloud: keyof typeof SHARED, type: string): string =>
    `${quoted(type)} shares its processors with other tenants, whose load counts as stress of the bridge; ` +
    `choose a type with processors of its own, such as ${quoted(OWN[cloud])}`;

  const servers = customers.flatMap((customer): Problem[] => {
    const { cloud, machineType } = customer.server;
    if (!customer.bridgeOnServer || !SHARED[cloud].test(machineType)) return [];
    const path = ["server", "machineType"];
    return [{ at: atCustomer(customer), path, message: message(cloud, machineType), severity: "warning" }];
  });
  const bridges = pools.flatMap((pool): Problem[] => {
    const { type, field } = bridgeMachine(pool, catalog);
    if (!SHARED[pool.cloud].test(type)) return [];
    return [{ at: atPool(pool), path: [field], message: message(pool.cloud, type), severity: "warning" }];
  });
  return [...servers, ...bridges];
};
