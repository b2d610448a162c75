import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { outputOfOthers } from "../../config/output-of-others";
import type { Loaded, LocatedProblem } from "../../config/load-fleet";
import type { Fleet } from "../../model/fleet";
import { judgeWritten } from "../../rollout/judge-written";

/**
 * Adds what synthesis would refuse to write over, or to forget, in `synthesized/` beside the accounts, as far as it shows
 * before anything is built. Of a fleet with problems nothing is added: nobody knows which stacks it asks for.
 */
export function withOutputProblems(loaded: Loaded, accounts: string): Loaded {
  if (!loaded.ok) return loaded;
  const { fleet, warnings } = loaded;
  const foreign = outputOfOthers(accounts);
  // It is checked alone, and synthesis will refuse it.
  if (foreign !== undefined) return { ...loaded, warnings: [...warnings, warningOf(foreign)] };
  const found = outputProblems(fleet, accounts);
  return found.length === 0 ? loaded : { ok: false, problems: [...warnings, ...found], readable: fleet };
}

const warningOf = (message: string): LocatedProblem => ({
  ...{ file: "synthesized/manifest.json", line: 1, column: 1, field: "" },
  ...{ message, severity: "warning" },
});

function outputProblems(fleet: Fleet, accounts: string): LocatedProblem[] {
  const judge = judgeWritten(fleet);
  return [...(fleet.synthesized ?? [])].sort().flatMap((id): LocatedProblem[] => {
    const file = `synthesized/stacks/${id}/cdk.tf.json`;
    const path = join(accounts, "..", file);
    if (!existsSync(path)) return [];
    const { problem } = judge(id, readFileSync(path, "utf8"));
    return problem === undefined
      ? []
      : [{ file, line: 1, column: 1, field: "", message: problem, severity: "error" }];
  });
}
