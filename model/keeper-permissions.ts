/**
 * Everything that a keeper may do at Compute Engine, by the call that asks for it (Google's reference of each method). Its
 * role has these and no others, so a new call of the keeper begins here; a test holds the two together.
 *
 * It cannot delete a machine, only ask the machine's group to: `deleteInstances` asks for a right on the group, and the
 * group deletes.
 */
export const KEEPER_PERMISSIONS = [
  "compute.autoscalers.get", // regionAutoscalers.get
  "compute.autoscalers.update", // regionAutoscalers.patch
  "compute.instanceGroupManagers.get", // regionInstanceGroupManagers.get, listManagedInstances
  "compute.instanceGroupManagers.update", // regionInstanceGroupManagers.deleteInstances
  "compute.instanceTemplates.get", // regionInstanceTemplates.get
  "compute.instances.list", // instances.aggregatedList
] as const;
