import { blockOf } from "./blocks";
import { isGoogleMachine } from "./machines";
import type { Policy, Resource } from "./policy";

export const checkMachineScheduling: Policy = {
  id: "machine-scheduling",
  rule: "Google neither takes a machine away at will nor stops it, and starts it again after a failure.",
  reason: "Spot machines go with half a minute's notice, and their calls with them.",
  fix: "Leave preemptible and max_run_duration out; use STANDARD, MIGRATE and automatic_restart.",
  check: ({ resources }) => resources.flatMap((on) => problemsOf(on).map((message) => ({ on, message }))),
};

function problemsOf(on: Resource): string[] {
  if (!isGoogleMachine(on)) return [];
  // What is left out is as it should be, by the provider's defaults.
  const {
    preemptible = false,
    provisioning_model: model = "STANDARD",
    on_host_maintenance: maintenance = "MIGRATE",
    automatic_restart: restart = true,
    max_run_duration: longest,
  } = blockOf(on.attributes, "scheduling");
  return [
    ...(preemptible !== false || model !== "STANDARD"
      ? ["it is a spot machine; Google takes it with half a minute's notice, and its calls; use STANDARD"]
      : []),
    ...(maintenance !== "MIGRATE"
      ? ["Google stops it for maintenance; its calls would end; set on_host_maintenance to MIGRATE"]
      : []),
    ...(restart !== true
      ? ["it stays down after a failure of its host; nobody could call; leave automatic_restart true"]
      : []),
    ...(longest !== undefined
      ? ["Google stops it after max_run_duration; its calls would end; leave it out"]
      : []),
  ];
}
