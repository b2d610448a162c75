import type { BridgeView } from "./decide/observation";
import type { ManagedInstance } from "./clients/compute";

/** What a group does with a machine (`currentAction`) while calls can be on it. */
const SERVING = new Set(["NONE", "REFRESHING", "VERIFYING"]);
const MAKING = new Set(["CREATING", "CREATING_WITHOUT_RETRIES", "STARTING", "RESUMING"]);
/** States of the machine itself (`instanceStatus`). */
const BOOTING = new Set([undefined, "PROVISIONING", "STAGING"]);

/** In doubt, a machine is leaving: then it counts for nothing, and nothing is done to it. */
export function phaseOf({
  currentAction,
  status,
}: Pick<ManagedInstance, "currentAction" | "status">): BridgeView["phase"] {
  if (MAKING.has(currentAction)) return "coming";
  if (!SERVING.has(currentAction)) return "leaving";
  return status === "RUNNING" ? "running" : BOOTING.has(status) ? "coming" : "leaving";
}
