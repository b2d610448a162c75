import { blocksOf } from "./blocks";
import type { Finding, Policy, Resource } from "./policy";

/** A bridge that does not answer may still carry calls: a short stall must not cost them. */
const LEAST_SECONDS = 60;
/** A machine installs its packages and images first. */
const LEAST_BOOT_SECONDS = 300;

export const checkPatientHealthChecks: Policy = {
  id: "patient-health-checks",
  rule: "A bridge has five minutes to boot, and then counts as dead after a minute without an answer, or later.",
  reason: "A group replaces what counts as dead, with its calls.",
  fix: "Let check_interval_sec times unhealthy_threshold be 60 or more, and initial_delay_sec 300 or more.",
  check: ({ resources }) => resources.flatMap((on) => [...checkStalls(on), ...checkBoot(on)]),
};

function checkStalls(on: Resource): Finding[] {
  if (!/^google_compute_(?:(?:region|http|https)_)?health_check$/.test(on.type)) return [];
  // Defaults of the provider.
  const { check_interval_sec: interval = 5, unhealthy_threshold: threshold = 2 } = on.attributes;
  const seconds = Number(interval) * Number(threshold);
  if (seconds >= LEAST_SECONDS) return [];
  return [
    {
      on,
      message:
        `a bridge counts as dead after ${seconds} s; the group would replace it, with its calls; ` +
        `raise check_interval_sec or unhealthy_threshold to ${LEAST_SECONDS} s together`,
    },
  ];
}

function checkBoot(on: Resource): Finding[] {
  if (!/^google_compute_(?:region_)?instance_group_manager$/.test(on.type)) return [];
  return blocksOf(on.attributes, "auto_healing_policies")
    .filter(({ initial_delay_sec: delay }) => !(Number(delay) >= LEAST_BOOT_SECONDS))
    .map(({ initial_delay_sec: delay }) => ({
      on,
      message:
        `initial_delay_sec is ${String(delay)}; the group would replace machines that still boot, again and again; ` +
        `set it to ${LEAST_BOOT_SECONDS} or more`,
    }));
}
