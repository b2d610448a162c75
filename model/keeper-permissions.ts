/**
 * Everything that a keeper may do at Compute Engine, by the call that asks for it. Its role has these and no others, so
 * a new call of the keeper begins here.
 */
export const KEEPER_PERMISSIONS = [
  "compute.autoscalers.get", // regionAutoscalers.get
  "compute.autoscalers.update", // regionAutoscalers.patch
  "compute.instanceGroupManagers.get", // regionInstanceGroupManagers.get, listManagedInstances
  "compute.instanceGroupManagers.update", // regionInstanceGroupManagers.deleteInstances
  "compute.instanceTemplates.get", // regionInstanceTemplates.get
  "compute.instances.delete", // deleteInstances, for each machine that it names
  "compute.instances.get",
  "compute.instances.list", // instances.aggregatedList
] as const;
