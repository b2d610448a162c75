import { AMOUNT_KEYS, type Amounts } from "./amounts";
import type { CustomerCost, FleetCost, PoolPart } from "./cost-of";

/**
 * Customers and pools that cost something else although they do and pay for what they did: traffic is charged for an
 * account together, so the mean price of a gigabyte (Google), or the part that is free (Linode), moves with what others
 * send.
 *
 * @returns names: `abc`, `acme/eu-burst`
 */
export function movedByNeighbours(before: FleetCost, after: FleetCost): ReadonlySet<string> {
  const [did, does] = [doingsOf(before), doingsOf(after)];
  const isAsBefore = (owner: string): boolean => did.get(owner) === does.get(owner);
  const oldPools = new Map(before.pools.map((each) => [each.pool, each]));
  const oldCustomers = new Map(before.customers.map((each) => [each.customer, each]));

  const pools = after.pools.filter(
    ({ pool, total }) => moves(oldPools.get(pool)?.total, total) && isAsBefore(`pool ${pool}`),
  );
  const customers = after.customers.filter((each) => {
    const old = oldCustomers.get(each.customer);
    return (
      moves(old?.total, each.total) &&
      sharesOf(old!) === sharesOf(each) &&
      [`customer ${each.customer}`, ...each.pools.map(({ pool }) => `pool ${pool}`)].every(isAsBefore)
    );
  });
  return new Set([...customers.map(({ customer }) => customer), ...pools.map(({ pool }) => pool)]);
}

const moves = (before: Amounts | undefined, after: Amounts): boolean =>
  before !== undefined && AMOUNT_KEYS.some((key) => before[key] !== after[key]);

const sharesOf = ({ pools }: CustomerCost): string =>
  JSON.stringify(pools.map(({ pool, share }: PoolPart) => [pool, share]));

/** What each customer's server and each pool is charged for and at which prices, but for the part that others have a say in. */
function doingsOf({ lines, pools, prices }: FleetCost): ReadonlyMap<string, string> {
  const priceOf = new Map(prices.map(({ id, usd, steps }) => [id, { usd, steps }]));
  const doings = new Map<string, unknown[]>(pools.map(({ pool, use }) => [`pool ${pool}`, [use]]));
  for (const { of, kind, what, price, cloud, quantity, usd } of lines) {
    const isTraffic = kind === "egress" || kind === "relay";
    // Of Linode's traffic the quantity is what is beyond the free part; what is sent is in the use of the pool.
    const amount = !isTraffic ? usd : cloud === "linode" ? undefined : quantity;
    const owner = `${of.kind} ${of.name}`;
    doings.set(owner, [...(doings.get(owner) ?? []), { kind, what, price, at: priceOf.get(price), amount }]);
  }
  return new Map([...doings].map(([owner, all]) => [owner, JSON.stringify(all)]));
}
