import { sameJson } from "./changed-values";
import { COMPOSE, composeOf } from "./compose-file";
import type { MachineFiles } from "./machine-files";
import { SERVICES } from "./services";
import { notKnown, type PlacedVerdict } from "./verdict";

/** Services that calls need. */
export const NEEDED = ["prosody", "prosody-brewery", "jicofo", "web"];

/** What of a definition may change and is no more than a new start. Mounts of data are judged in `kept-data.ts`. */
const ONLY_A_START = ["image", "volumes", "tmpfs", "entrypoint", "healthcheck", "depends_on", "labels"];

/**
 * What is more than a new start of a service that calls need: it is no longer where others look for it, or it is run in
 * a way that nobody has looked up. Beside it, services that are new, and that nobody knows.
 */
export function otherDefinitions(before: MachineFiles, after: MachineFiles): PlacedVerdict[] {
  const [old, now] = [composeOf(before).services ?? {}, composeOf(after).services ?? {}];
  const strangers = Object.keys(now).filter(
    (service) => !Object.hasOwn(old, service) && !Object.hasOwn(SERVICES, service),
  );
  const changed = [...NEEDED, "jvb"].flatMap((service) => {
    const [was, is] = [old[service], now[service]];
    if (!was || !is) return [];
    return [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .filter((key) => !ONLY_A_START.includes(key) && !sameJson(was[key], is[key]))
      .map((key) =>
        key === "ports"
          ? {
              notice: "interrupts calls" as const,
              says: `${service} listens on other ports of the server: who looks for it on the old ones does not reach it`,
              instead: "Leave the ports as they are.",
            }
          : notKnown(`what ${service} does with another ${key}`),
      );
  });
  return [
    ...strangers.map((service) => notKnown(`what service ${service}, which is new, does beside the others`)),
    ...changed,
  ].map((verdict) => ({ ...verdict, at: [COMPOSE] }));
}
