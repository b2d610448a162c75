import type { Customer, GcpPool, Pool } from "./fleet";

/** Whether bridges of the pool are removed and renewed by a keeper. */
export const hasKeeper = (pool: Pool): pool is GcpPool => pool.cloud === "gcp" && pool.keeper.mode !== "off";

/** The pools that the keeper on a customer's server looks after: those whose home the customer is. */
export const keptPools = ({ id }: Pick<Customer, "id">, pools: readonly Pool[]): GcpPool[] =>
  pools.filter(hasKeeper).filter(({ serves }) => serves[0] === id);
