import { blockOf, isGoogleMachine } from "./machines";
import type { Policy, Resource } from "./policy";

export const checkMachineScheduling: Policy = {
  id: "machine-scheduling",
  rule: "Google neither takes a machine away at will nor stops it for its own maintenance.",
  reason: "Spot machines go with half a minute's notice, and their calls with them.",
  fix: "Leave preemptible out, set provisioning_model to STANDARD, on_host_maintenance to MIGRATE.",
  check: ({ resources }) => resources.flatMap((on) => problemsOf(on).map((message) => ({ on, message }))),
};

function problemsOf(on: Resource): string[] {
  if (!isGoogleMachine(on)) return [];
  const {
    preemptible,
    provisioning_model: model,
    on_host_maintenance: maintenance,
  } = blockOf(on.attributes, "scheduling");
  return [
    ...(preemptible === true || model === "SPOT"
      ? ["it is a spot machine; Google takes it with half a minute's notice, and its calls; use STANDARD"]
      : []),
    ...(maintenance === "TERMINATE"
      ? ["Google stops it for maintenance; its calls would end; set on_host_maintenance to MIGRATE"]
      : []),
  ];
}
