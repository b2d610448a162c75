import type { KeptPool } from "./find-kept-pool";
import { type ReadState, whoMay } from "./keeper-store";
import { ageText } from "./duration";

/** Intervals without a sign of life after which a keeper counts as silent; it gives one at least every second one. */
const SILENT_AFTER = 3;

/**
 * Why nobody keeps the pool at the moment, as a sentence with the way out; undefined when somebody does, which takes
 * a state.
 */
export function silence({ state, ageSeconds, isRefused }: ReadState, kept: KeptPool): string | undefined {
  const { name, server, stack } = kept;
  const look = `look at \`sudo journalctl CONTAINER_NAME=fleet-keeper-1 -n 50\` on ${server}`;
  if (!state) {
    const rights = isRefused ? `; or you may not read what it says: ${whoMay(kept)}` : "";
    return `The keeper of ${name} has never said anything: deploy ${stack}; if that was done, ${look}${rights}.`;
  }
  if (ageSeconds <= SILENT_AFTER * state.intervalSeconds) return undefined;
  const since = `for ${ageText(ageSeconds)}`;
  if (state.holder === "") return `The keeper of ${name} was stopped and has been away ${since}: ${look}.`;
  return (
    `The keeper of ${name} has been silent ${since}, and should say something every ` +
    `${ageText(2 * state.intervalSeconds)}: ${look}. Bridges stay as they are meanwhile.`
  );
}
