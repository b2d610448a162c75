import type { Decision } from "./decide/action";
import type { Sight } from "./observe";

/** What nobody did is not remembered as done: a drain is only known of bridges that say so themselves. */
export function onlyObserved(
  { actions, memory, summary }: Decision,
  { bridges }: Pick<Sight, "bridges">,
): Decision {
  const drained = new Set(
    bridges.filter(({ stats }) => stats?.drain || stats?.shuttingDown).map(({ id }) => id),
  );
  const drains = Object.entries(memory.drains).filter(([id]) => drained.has(id));
  return { actions, memory: { ...memory, drains: Object.fromEntries(drains) }, summary };
}
