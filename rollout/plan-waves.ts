import type { RolloutStack } from "./fleet-stacks";
import { deployOrder, destroyOrder, inSteps } from "./stack-order";

export interface WaveOptions {
  /** Stack of the customer that goes first, with the pools that are its own. @default nobody goes first */
  readonly canary?: string;
  /** Customers in one wave; a pool without any of its customers counts as one. */
  readonly size: number;
}

/** Stacks that go together; the next wave begins when all of them are done. */
export interface Wave {
  readonly kind: "accounts" | "canary" | "customers" | "retired";
  /** As people read it: `accounts`, `canary`, `1`, `2`, `retired`. */
  readonly name: string;
  /** One step after the other: accounts, customers, pools. */
  readonly steps: readonly (readonly string[])[];
}

/**
 * Selected stacks in waves: the accounts, then the canary, then the other customers. A pool goes with the last of the
 * customers that it serves, whether or not all of them are selected: its bridges log in at each of them. Retired stacks
 * go last, because what replaces them must be up before.
 */
export function planWaves(selected: readonly RolloutStack[], { canary, size }: WaveOptions): Wave[] {
  const of = (kind: RolloutStack["kind"]): RolloutStack[] => selected.filter((stack) => stack.kind === kind);
  const customers = deployOrder(of("customer").map(({ id }) => id)).filter((id) => id !== canary);
  const isAlone = (pool: RolloutStack): boolean =>
    pool.customers.every((id) => id !== canary && !customers.includes(id));
  const alone = deployOrder(
    of("pool")
      .filter(isAlone)
      .map(({ id }) => id),
  );
  const units = [...customers, ...alone];
  const waveOf = new Map(units.map((id, index) => [id, 1 + Math.floor(index / size)]));
  if (canary !== undefined) waveOf.set(canary, 0);
  for (const { id, customers: served } of of("pool")) {
    const last = Math.max(...served.map((customer) => waveOf.get(customer) ?? -1));
    if (last >= 0) waveOf.set(id, last);
  }
  const wave = (number: number): string[] =>
    [...waveOf].filter(([, each]) => each === number).map(([id]) => id);
  const numbers = Array.from({ length: Math.ceil(units.length / size) }, (_, index) => index + 1);
  const ids = (stacks: readonly RolloutStack[]): string[] => stacks.map(({ id }) => id);
  const waves: Wave[] = [
    { kind: "accounts", name: "accounts", steps: inSteps(deployOrder(ids(of("account")))) },
    { kind: "canary", name: "canary", steps: inSteps(deployOrder(wave(0))) },
    ...numbers.map((number): Wave => ({
      kind: "customers",
      name: String(number),
      steps: inSteps(deployOrder(wave(number))),
    })),
    { kind: "retired", name: "retired", steps: inSteps(destroyOrder(ids(of("retired")))) },
  ];
  return waves.filter(({ steps }) => steps.length > 0);
}

/** All stacks of a wave, in order. */
export const stacksOf = ({ steps }: Wave): string[] => steps.flat();
