import { quoted } from "../quoted";
import { bridgeMachine } from "./bridge-machine";
import { atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** Types whose processors are shared with other tenants (Linode: shared plans; Google Cloud: shared-core types). */
const SHARED = {
  linode: /^g[0-9]+-(?:nanode|standard)-/,
  gcp: /^(?:e2-(?:micro|small|medium)|f1-micro|g1-small)$/,
};
const OWN = { linode: "g6-dedicated-4", gcp: "n2-standard-4" };

/**
 * Warns of bridges on shared processors. A bridge counts the time that neighbours take from it as its own stress, so
 * it turns callers away, and the pool grows, for a load that is not its own.
 */
export const checkSharedProcessors: Rule = ({ pools, catalog }) =>
  pools.flatMap((pool) => {
    const { type, field } = bridgeMachine(pool, catalog);
    if (!SHARED[pool.cloud].test(type)) return [];
    return [
      {
        at: atPool(pool),
        path: [field],
        message:
          `${quoted(type)} shares its processors with other tenants, whose load counts as stress of the bridge; ` +
          `choose a type with processors of its own, such as ${quoted(OWN[pool.cloud])}`,
        severity: "warning",
      },
    ];
  });
