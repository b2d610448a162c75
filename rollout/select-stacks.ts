import type { RolloutStack } from "./fleet-stacks";

/** What a person asks for on the command line. */
export interface Request {
  /** Customers (`abc`), pools (`acme/eu-burst`) and stack ids (`customer-abc`). */
  readonly names: readonly string[];
  /** Accounts, each with its customers and pools. */
  readonly accounts: readonly string[];
  /** Everything but what is retired. */
  readonly all: boolean;
}

/** Stack ids; or the first name that nothing has, or that two things have. */
export type Selection =
  | {
      readonly stacks: ReadonlySet<string>;
      /** Retired stacks that `accounts` or `all` would have covered and that nobody named. */
      readonly leftOut: readonly string[];
    }
  | { readonly unknown: string; readonly kind: "account" | "customer, pool or stack" }
  | { readonly ambiguous: string; readonly meanings: Meanings };

/** A stack, and the customer whose id is that stack's. */
export interface Meanings {
  readonly stack: RolloutStack;
  readonly customer: RolloutStack;
}

/**
 * The stacks that a request means. A customer comes with the pools that serve it, of other accounts too, and without its
 * account; a stack id is that stack alone. What is retired is destroyed by its deploy, so only its own id means it.
 */
export function selectStacks(
  stacks: ReadonlyMap<string, RolloutStack>,
  { names, accounts, all }: Request,
): Selection {
  const everything = [...stacks.values()];
  const selected = new Set<string>();
  for (const name of names) {
    const meanings = ambiguityOf(stacks, name);
    if (meanings) return { ambiguous: name, meanings };
    const meant = stacks.has(name) ? [stacks.get(name)!] : named(everything, name);
    if (meant.length === 0) return { unknown: name, kind: "customer, pool or stack" };
    for (const { id } of meant) selected.add(id);
  }
  const known = new Set(everything.map(({ account }) => account));
  const unknown = accounts.find((account) => !known.has(account));
  if (unknown !== undefined) return { unknown, kind: "account" };
  const covered = everything.filter(({ account }) => all || accounts.includes(account));
  for (const { id, kind } of covered) if (kind !== "retired") selected.add(id);
  const leftOut = covered.filter(({ id, kind }) => kind === "retired" && !selected.has(id));
  return { stacks: selected, leftOut: leftOut.map(({ id }) => id) };
}

/** `customer-abc` is the stack of abc, and may be the id of another customer. */
export function ambiguityOf(stacks: ReadonlyMap<string, RolloutStack>, name: string): Meanings | undefined {
  const stack = stacks.get(name);
  const customer = [...stacks.values()].find((each) => each.kind === "customer" && each.name === name);
  return stack && customer ? { stack, customer } : undefined;
}

function named(stacks: readonly RolloutStack[], name: string): RolloutStack[] {
  const customer = stacks.find((stack) => stack.kind === "customer" && stack.name === name);
  if (customer) return [customer, ...stacks.filter((stack) => servesOf(stack).includes(customer.id))];
  return stacks.filter((stack) => stack.kind === "pool" && stack.name === name);
}

const servesOf = ({ kind, customers }: RolloutStack): readonly string[] => (kind === "pool" ? customers : []);
