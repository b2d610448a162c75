import type { RolloutStack } from "./fleet-stacks";
import { destroyOrder } from "./stack-order";

/** A pool that needs something that is to go, and that serves customers who stay. */
export interface SharedPool {
  readonly pool: RolloutStack;
  /** Customers who go and whom it serves until its file says otherwise, by their names. */
  readonly without: readonly string[];
  /** Customers who keep it, by their names. */
  readonly serves: readonly string[];
}

/** What a person must name so that customers, pools or accounts can be destroyed. */
export interface DestroyedWith {
  /** Stack ids in the order in which they go. */
  readonly stacks: readonly string[];
  readonly shared: readonly SharedPool[];
}

/**
 * Customers (`abc`) with the pools that serve only them, of other accounts too; pools (`acme/eu-burst`); accounts with all
 * their stacks, the retired ones too; stack ids.
 *
 * @returns undefined when nothing has one of the names
 */
export function destroyedWith(
  stacks: ReadonlyMap<string, RolloutStack>,
  names: readonly string[],
): DestroyedWith | undefined {
  const all = [...stacks.values()];
  const meant = names.map((name) => meantBy(all, name));
  if (meant.some(({ length }) => length === 0)) return undefined;
  const named = new Set(meant.flat().map(({ id }) => id));
  const serving = all.filter(
    ({ id, kind, needs }) => kind === "pool" && !named.has(id) && needs.some((need) => named.has(need)),
  );
  const nameOf = (id: string): string => stacks.get(id)?.name ?? id;
  const own = serving.filter(({ customers }) => customers.every((id) => named.has(id)));
  return {
    stacks: destroyOrder([...named, ...own.map(({ id }) => id)]),
    shared: serving
      .filter((pool) => !own.includes(pool))
      .map((pool) => ({
        pool,
        without: pool.customers.filter((id) => named.has(id)).map(nameOf),
        serves: pool.customers.filter((id) => !named.has(id)).map(nameOf),
      })),
  };
}

/**
 * The stack with this id; else the customer or the pool with this name, and else all of the account. An account's own
 * stack means all of it as well, because what stays would need it.
 */
function meantBy(stacks: readonly RolloutStack[], name: string): RolloutStack[] {
  const one =
    stacks.find(({ id }) => id === name) ??
    stacks.find((stack) => ["customer", "pool"].includes(stack.kind) && stack.name === name);
  if (one && one.kind !== "account") return [one];
  return stacks.filter(({ account }) => account === (one?.account ?? name));
}
