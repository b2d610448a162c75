import { join } from "node:path";
import { readStack, resourcesOf } from "./stack-configuration";
import { writeJson } from "./working-copy";

const PROTECTIONS_FILE = "protections_override.tf.json";

/** Arguments by which the cloud or the provider keeps an object, and the values that let it go. */
const KEEPS: Readonly<Record<string, { readonly argument: string; readonly lets: unknown }>> = {
  google_compute_instance: { argument: "deletion_protection", lets: false },
  google_secret_manager_secret: { argument: "deletion_protection", lets: false },
  google_storage_bucket: { argument: "force_destroy", lets: true },
  google_dns_managed_zone: { argument: "force_destroy", lets: true },
};

/** What was lifted: lines of the configuration, by what they say. */
export interface LiftedProtections {
  /** Resources with `lifecycle.prevent_destroy`. */
  readonly preventDestroy: number;
  /** Resources that the cloud or the provider would keep. */
  readonly keptByCloud: number;
}

/**
 * Lets everything in a stack's working copy be destroyed, by an override file that only the copy has.
 * What the cloud itself protects must be applied before it can be destroyed.
 */
export function liftProtections(directory: string): LiftedProtections {
  const overrides: Record<string, Record<string, object>> = {};
  const lifted = { preventDestroy: 0, keptByCloud: 0 };
  for (const { type, name, arguments: given } of resourcesOf(readStack(directory))) {
    const lifecycle = given["lifecycle"] as { readonly prevent_destroy?: boolean } | undefined;
    const keep = KEEPS[type];
    // Left out, the argument is false: that keeps a bucket, but does not protect an instance.
    const isLifted = keep !== undefined && (given[keep.argument] ?? false) !== keep.lets;
    const override = {
      ...(lifecycle?.prevent_destroy === true && { lifecycle: { prevent_destroy: false } }),
      ...(isLifted && { [keep.argument]: keep.lets }),
    };
    if (Object.keys(override).length === 0) continue;
    if ("lifecycle" in override) lifted.preventDestroy += 1;
    if (isLifted) lifted.keptByCloud += 1;
    (overrides[type] ??= {})[name] = override;
  }
  if (Object.keys(overrides).length > 0)
    writeJson(join(directory, PROTECTIONS_FILE), { resource: overrides });
  return lifted;
}
