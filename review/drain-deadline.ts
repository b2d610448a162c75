import type { JsonObject } from "../rollout/planned-object";
import type { MachineFiles } from "./machine-files";

/** Minutes below which nearly everybody who is on a drained bridge is moved, and hardly a call ends by itself. */
const NO_TIME = 10;

/** A drain that is over at once is no drain: whether bridges at Google, by their files, are left less than ten minutes. */
export function noTimeIn(files: MachineFiles): boolean {
  const settings = files.get("/etc/fleet/jvb/custom-jvb.conf") ?? "";
  return isShort(/graceful-shutdown-max-duration = "(\d+) minutes"/.exec(settings)?.[1]);
}

/** The same of bridges at Linode, by the stack's Terraform. */
export const noTimeAt = (configuration: JsonObject | null | undefined): boolean =>
  isShort(
    ["resource", "terraform_data", "drain", "input", "drain_minutes"].reduce<unknown>(
      (each, step) => (each as JsonObject | null | undefined)?.[step],
      configuration,
    ),
  );

/** Whether a drain of so many minutes leaves calls no time to end; not where none is said. */
export const isShort = (minutes: unknown): boolean =>
  minutes !== undefined && minutes !== null && Number(minutes) < NO_TIME;
