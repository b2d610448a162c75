import { ComputeRegionAutoscaler } from "@cdktf/provider-google/lib/compute-region-autoscaler";
import {
  ComputeRegionInstanceGroupManager,
  type ComputeRegionInstanceGroupManagerUpdatePolicy,
} from "@cdktf/provider-google/lib/compute-region-instance-group-manager";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("autoscaling");

const autoscaler = (mode?: string) =>
  policyFindings((stack) => {
    new ComputeRegionAutoscaler(stack, "x", {
      name: "x",
      target: "group",
      autoscalingPolicy: { minReplicas: 1, maxReplicas: 2, ...(mode !== undefined && { mode }) },
    });
  });

const SAFE = { type: "OPPORTUNISTIC", instanceRedistributionType: "NONE", minimalAction: "REPLACE" };
const group = (updatePolicy: ComputeRegionInstanceGroupManagerUpdatePolicy = SAFE, targetSize?: number) =>
  policyFindings((stack) => {
    new ComputeRegionInstanceGroupManager(stack, "x", {
      name: "x",
      baseInstanceName: "x",
      version: [{ instanceTemplate: "template" }],
      updatePolicy,
      ...(targetSize !== undefined && { targetSize }),
    });
  });

const WHY = "the cloud would pick bridges to remove, with their calls";
const of = (type: string, problem: string) => [`stack/x: ${type}.x: ${problem}`];

describe("checkAutoscaling", () => {
  it("accepts a pool that only grows by itself", () => {
    expect(autoscaler("ONLY_SCALE_OUT")).toEqual([]);
    expect(group()).toEqual([]);
  });

  it.each(["ON", "OFF", undefined])("refuses the mode %s", (mode) => {
    expect(autoscaler(mode)).toEqual(
      of(
        "google_compute_region_autoscaler",
        `mode is not "ONLY_SCALE_OUT"; ${WHY}; set it to "ONLY_SCALE_OUT"`,
      ),
    );
  });

  it("refuses updates that roll over live bridges", () => {
    expect(group({ ...SAFE, type: "PROACTIVE" })).toEqual(
      of(
        "google_compute_region_instance_group_manager",
        `type is not "OPPORTUNISTIC"; ${WHY}; set it to "OPPORTUNISTIC"`,
      ),
    );
  });

  it("refuses redistribution, which is what the cloud does by default", () => {
    expect(group({ type: "OPPORTUNISTIC", minimalAction: "REPLACE" })).toEqual(
      of(
        "google_compute_region_instance_group_manager",
        `instance_redistribution_type is not "NONE"; ${WHY}; set it to "NONE"`,
      ),
    );
  });

  it("refuses a target size beside the autoscaler", () => {
    expect(group(SAFE, 3)).toEqual(
      of("google_compute_region_instance_group_manager", `target_size is set; ${WHY}; leave it out`),
    );
  });
});
