import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atCustomer } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import type { Rule } from "./rule";

/**
 * All customers of a mesh name one release: Jicofo never puts bridges of two releases into one call. A mesh is
 * whoever is joined by shared pools, so it has one release exactly when every pool's customers have one.
 */
export const checkOneReleasePerMesh: Rule = (fleet) => {
  const { servedBy } = indexFleet(fleet);
  const problems = new Map<string, Problem>();
  for (const pool of fleet.pools) {
    const [home, ...others] = pool.serves.flatMap((id) => servedBy(pool, id) ?? []);
    for (const customer of others) {
      if (!home || customer.release === home.release || problems.has(customer.id)) continue;
      problems.set(customer.id, {
        at: atCustomer(customer),
        path: ["release"],
        message:
          `${quoted(customer.release)} is not the release of customer ${home.id}, which shares the bridges of pool ` +
          `${pool.id} and runs ${home.release}; allowed: one release for all that share bridges; change one, ` +
          "or give the customer a pool of its own",
      });
    }
  }
  return [...problems.values()];
};
