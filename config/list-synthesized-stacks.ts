import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Ids of the stacks in `synthesized/` beside an accounts directory; none when nothing was synthesized there. */
export function listSynthesizedStacks(accounts: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(join(accounts, "..", "synthesized", "stacks")));
  } catch {
    return new Set();
  }
}
