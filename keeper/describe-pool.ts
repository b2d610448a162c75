import type { KeeperPool } from "../model/keeper-file";
import type { Decision } from "./decide/action";
import { describeBridge } from "./describe-bridge";
import type { Sight } from "./observe";
import type { KeeperState } from "./state";

/** What the state says of a pool, as it was seen, and of what was decided. */
export const describePool = (
  { group, bridges, silent }: Sight,
  { memory, summary }: Decision,
  { mode, intervalSeconds }: Pick<KeeperPool, "mode" | "intervalSeconds">,
): Pick<KeeperState, "mode" | "intervalSeconds" | "memory" | "summary" | "group" | "bridges"> => ({
  mode,
  intervalSeconds,
  memory,
  summary,
  group: group ?? null,
  bridges: bridges.map((each) => describeBridge(each, memory.drains[each.id], silent.get(each.id))),
});
