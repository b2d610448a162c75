import type { Customer, Pool } from "../fleet";
import { bridgeImage, imageOf } from "../images";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atPool } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import type { Rule } from "./rule";

/**
 * One upgrade at a time in a mesh: the image that its customers name, and one next image. Bridges of three releases
 * would be three meshes that each carry a part of the calls. And an upgrade that is over leaves nothing behind.
 */
export const checkUpgrades: Rule = (fleet) => {
  const { poolsServing, servedBy } = indexFleet(fleet);
  const problems = new Map<Pool, Problem>();
  const add = (pool: Pool, problem: Pick<Problem, "message"> & Partial<Problem>): void => {
    if (!problems.has(pool)) problems.set(pool, { at: atPool(pool), path: ["nextImage"], ...problem });
  };

  for (const pool of fleet.pools) {
    const [home] = pool.serves.flatMap((id) => servedBy(pool, id) ?? []);
    if (!pool.nextImage || !home || bridgeImage(pool, home) !== imageOf(home, "jvb")) continue;
    const message = `its customers name ${quoted(imageOf(home, "jvb"))} by now: the upgrade is over; remove it`;
    add(pool, { message, severity: "warning" });
  }

  for (const customer of fleet.customers) {
    const [first, ...others] = (poolsServing.get(customer.id) ?? []).filter((pool) => isNext(pool, customer));
    for (const pool of others) {
      const [image, firstImage] = [bridgeImage(pool, customer), bridgeImage(first!, customer)];
      if (image === firstImage) continue;
      add(pool, {
        message:
          `${quoted(image)} would be the third image among the bridges of customer ${customer.id}, beside ` +
          `${quoted(imageOf(customer, "jvb"))} and ${quoted(firstImage)} of pool ${first!.id}; allowed: one upgrade at a ` +
          "time; finish it first",
      });
    }
  }
  return [...problems.values()];
};

const isNext = (pool: Pool, customer: Customer): boolean =>
  bridgeImage(pool, customer) !== imageOf(customer, "jvb");
