import type { Policy } from "./policy";

/** A bridge that does not answer may still carry calls: a short stall must not cost them. */
const LEAST_SECONDS = 60;

export const checkPatientHealthChecks: Policy = {
  id: "patient-health-checks",
  rule: "A health check gives a bridge a minute or more before it counts as dead.",
  reason: "A group replaces what counts as dead, with its calls.",
  fix: "Raise check_interval_sec or unhealthy_threshold until their product is 60 or more.",
  check: ({ resources }) =>
    resources.flatMap((on) => {
      if (!/^google_compute_(?:region_)?health_check$/.test(on.type)) return [];
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
    }),
};
