import type { PlannedObject } from "../../rollout/planned-object";

/** An update of a server's machine type, unless a test says otherwise. */
export function aPlannedObject(
  change: Partial<Omit<PlannedObject, "address">> & { readonly key?: string } = {},
): PlannedObject {
  const { key, ...given } = change;
  const { type = "google_compute_instance", name = "server" } = given;
  const after = { machine_type: "n2-standard-8" };
  return {
    address: `${type}.${name}${key === undefined ? "" : `["${key}"]`}`,
    ...{
      type,
      name,
      action: "update",
      createFirst: false,
      replacePaths: [],
      unknown: {},
      hidden: [false, false],
    },
    before: { machine_type: "n2-standard-4" },
    after,
    ...given,
  };
}
