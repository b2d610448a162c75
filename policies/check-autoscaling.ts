import { blocksOf } from "./blocks";
import type { Policy, Resource } from "./policy";

const WHY = "the cloud would pick bridges to remove, with their calls";

export const checkAutoscaling: Policy = {
  id: "autoscaling",
  rule: "Nothing but a request by name takes a bridge away.",
  reason: "An autoscaler or a group that shrinks by itself picks bridges with calls on them.",
  fix: "Set ONLY_SCALE_OUT, OPPORTUNISTIC and NONE, and leave target_size and scale_in_control out.",
  check: ({ resources }) =>
    resources.flatMap((on) => problemsOf(on).map((problem) => ({ on, message: problem }))),
};

function problemsOf({ type, attributes }: Resource): string[] {
  if (/^google_compute_(?:region_)?autoscaler$/.test(type)) {
    const [policy = {}] = blocksOf(attributes, "autoscaling_policy");
    return [...must(policy, "mode", "ONLY_SCALE_OUT"), ...mustLack(policy, "scale_in_control")];
  }
  if (/^google_compute_(?:region_)?instance_group_manager$/.test(type)) {
    const [policy = {}] = blocksOf(attributes, "update_policy");
    return [
      ...must(policy, "type", "OPPORTUNISTIC"),
      ...(type.includes("region") ? must(policy, "instance_redistribution_type", "NONE") : []),
      ...mustLack(attributes, "target_size"),
    ];
  }
  return [];
}

const must = (block: Readonly<Record<string, unknown>>, key: string, value: string): string[] =>
  block[key] === value ? [] : [`${key} is not "${value}"; ${WHY}; set it to "${value}"`];

const mustLack = (block: Readonly<Record<string, unknown>>, key: string): string[] =>
  block[key] === undefined ? [] : [`${key} is set; ${WHY}; leave it out`];
