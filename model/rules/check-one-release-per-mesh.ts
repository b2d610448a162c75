import type { Customer, Pool } from "../fleet";
import { imageOf } from "../images";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atCustomer } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import type { Rule } from "./rule";

/**
 * All customers of a mesh name one release and one image of the bridges: Jicofo never puts bridges of two releases into
 * one call. A mesh is whoever is joined by shared pools, so it has one exactly when every pool's customers have one.
 */
export const checkOneReleasePerMesh: Rule = (fleet) => {
  const { servedBy } = indexFleet(fleet);
  const problems = new Map<string, Problem>();
  for (const pool of fleet.pools) {
    const [home, ...others] = pool.serves.flatMap((id) => servedBy(pool, id) ?? []);
    for (const customer of others) {
      if (!home || problems.has(customer.id)) continue;
      const message = difference(home, customer, pool);
      if (message) problems.set(customer.id, { at: atCustomer(customer), ...message });
    }
  }
  return [...problems.values()];
};

/** What the two would run that is not the same. */
function difference(
  home: Customer,
  customer: Customer,
  pool: Pool,
): Pick<Problem, "path" | "message"> | undefined {
  const shares = `of customer ${home.id}, which shares the bridges of pool ${pool.id} and runs`;
  const wayOut = "change one, or give the customer a pool of its own";
  if (customer.release !== home.release) {
    return {
      path: ["release"],
      message:
        `${quoted(customer.release)} is not the release ${shares} ${home.release}; ` +
        `allowed: one release for all that share bridges; ${wayOut}`,
    };
  }
  const [image, homeImage] = [imageOf(customer, "jvb"), imageOf(home, "jvb")];
  if (image === homeImage) return undefined;
  return {
    path: ["images", "jvb"],
    message:
      `${quoted(image)} is not the bridge image ${shares} ${homeImage}; ` +
      `allowed: one image for all that share bridges; ${wayOut}`,
  };
}
