import type { Drain, Memory } from "./decide/memory";

/** The memory as if Jicofo had never been asked to move those who are on these bridges. */
export function withoutMoves(memory: Memory, bridges: ReadonlySet<string>): Memory {
  const drains = Object.entries(memory.drains).map(([id, drain]): [string, Drain] => {
    const { movedAt: _, ...rest } = drain;
    return [id, bridges.has(id) ? rest : drain];
  });
  return { ...memory, drains: Object.fromEntries(drains) };
}
