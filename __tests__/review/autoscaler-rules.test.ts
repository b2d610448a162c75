import { judgeStack } from "../../review/judge-stack";
import type { JsonObject, PlannedObject } from "../../rollout/planned-object";
import { aPlannedObject } from "../builders/planned-object";

const POLICY = {
  mode: "ONLY_SCALE_OUT",
  min_replicas: 2,
  max_replicas: 8,
  cpu_utilization: [{ target: 0.6, predictive_method: "NONE" }],
  scaling_schedules: [{ name: "day", schedule: "45 7 * * MON-FRI", min_required_replicas: 3 }],
};

const notice = (change: JsonObject, action: PlannedObject["action"] = "update"): string =>
  judgeStack({
    objects: [
      aPlannedObject({
        ...{ type: "google_compute_region_autoscaler", name: "autoscaler", action },
        before: action === "create" ? null : { autoscaling_policy: [POLICY] },
        after: { autoscaling_policy: [{ ...POLICY, ...change }] },
      }),
    ],
    files: { before: new Map(), after: new Map() },
    isRetired: false,
  }).notice;

const day = (change: JsonObject): JsonObject => ({
  scaling_schedules: [{ ...POLICY.scaling_schedules[0], ...change }],
});

describe("an autoscaler", () => {
  it.each([
    ["a higher maximum", { max_replicas: 9 }, "new calls only"],
    ["a lower maximum", { max_replicas: 7 }, "drains bridges"],
    ["a higher minimum", { min_replicas: 3 }, "new calls only"],
    ["a lower minimum", { min_replicas: 1 }, "drains bridges"],
    ["a lower target", { cpu_utilization: [{ target: 0.5, predictive_method: "NONE" }] }, "new calls only"],
    ["a higher target", { cpu_utilization: [{ target: 0.7, predictive_method: "NONE" }] }, "drains bridges"],
    ["no target any more", { cpu_utilization: [] }, "drains bridges"],
    [
      "a target that Google chooses",
      { cpu_utilization: [{ target: null, predictive_method: "NONE" }] },
      "drains bridges",
    ],
    ["more by a schedule", day({ min_required_replicas: 4 }), "new calls only"],
    ["less by a schedule", day({ min_required_replicas: 1 }), "drains bridges"],
    ["a schedule at another time", day({ schedule: "45 9 * * MON-FRI" }), "drains bridges"],
    ["no schedule any more", { scaling_schedules: [] }, "drains bridges"],
    ["a mode that removes bridges", { mode: "ON" }, "interrupts calls"],
    ["no mode, which removes bridges too", { mode: null }, "interrupts calls"],
    ["a mode that adds none", { mode: "OFF" }, "new calls only"],
    ["a mode that nobody knows", { mode: "SIDEWAYS" }, "interrupts calls"],
    ["a limit that nobody knows", { scale_in_control: [{}] }, "interrupts calls"],
  ] as const)("with %s: %s", (_, change, expected) => {
    expect(notice(change as unknown as JsonObject)).toBe(expected);
  });

  it.each(["create", "replace"] as const)("that comes (%s) is judged by its mode, too", (action) => {
    expect(notice({ mode: "ON" }, action)).toBe("interrupts calls");
    expect(notice({}, action)).toBe(action === "create" ? "none" : "new calls only");
  });
});
