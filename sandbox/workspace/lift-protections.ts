import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStack, resourcesOf } from "./stack-configuration";
import { readState, statePath } from "./terraform-state";
import { writeJson } from "./working-copy";
import type { Value } from "../protocol/value";
import type { CloudStore } from "../store/cloud-store";
import type { StackConfiguration } from "./stack-configuration";
import type { TerraformState } from "./terraform-state";

/** Attributes by which the cloud or the provider keeps an object, and the values that let it go. */
const KEEPS: Readonly<Record<string, { readonly attribute: string; readonly lets: Value }>> = {
  google_compute_instance: { attribute: "deletion_protection", lets: false },
  google_secret_manager_secret: { attribute: "deletion_protection", lets: false },
  google_storage_bucket: { attribute: "force_destroy", lets: true },
  google_dns_managed_zone: { attribute: "force_destroy", lets: true },
};

/** What was lifted, in numbers. */
export interface LiftedProtections {
  /** Resources with `lifecycle.prevent_destroy`. */
  readonly preventDestroy: number;
  /** Objects that the cloud or the provider would keep. */
  readonly keptByCloud: number;
}

/**
 * Lets everything that was made of a stack be destroyed, whatever its configuration says now: the configuration may
 * have been edited since, and even be one that is refused. So nothing is applied: the working copy keeps its
 * providers and loses its resources, and the objects are released where they are, in the state and in the cloud.
 *
 * @param directory of the rehearsal
 * @param copy the stack's working copy
 */
export async function liftProtections(
  directory: string,
  stack: string,
  copy: string,
  store: CloudStore,
): Promise<LiftedProtections> {
  const configuration = readStack(copy);
  const state = readState(directory, stack) ?? { resources: [] };
  const preventDestroy = resourcesOf(configuration).filter(
    ({ arguments: given }) =>
      (given["lifecycle"] as { readonly prevent_destroy?: boolean } | undefined)?.prevent_destroy === true,
  ).length;
  const keptByCloud = release(state, store);
  if (keptByCloud > 0) {
    writeFileSync(statePath(directory, stack), `${JSON.stringify(state, null, 2)}\n`);
    await store.commit();
  }
  writeJson(join(copy, "cdk.tf.json"), withoutResources(configuration, state));
  return { preventDestroy, keptByCloud };
}

/** Takes `lifecycle.prevent_destroy` out of a working copy, so that a plan says what it would do and not that it must not. */
export function liftPreventDestroy(copy: string): void {
  const configuration = readStack(copy);
  for (const { arguments: given } of resourcesOf(configuration))
    delete (given["lifecycle"] as { prevent_destroy?: boolean } | undefined)?.prevent_destroy;
  writeJson(join(copy, "cdk.tf.json"), configuration);
}

/** Releases the objects of a state, in the state itself and in the cloud; says how many were kept. */
function release(state: TerraformState, store: CloudStore): number {
  let released = 0;
  store.sync();
  for (const { type, instances } of state.resources) {
    const keep = KEEPS[type];
    if (!keep) continue;
    const { attribute, lets } = keep;
    for (const { attributes } of instances) {
      // Left out, the attribute is false: that keeps a bucket, but does not protect an instance.
      if ((attributes[attribute] ?? false) === lets) continue;
      attributes[attribute] = lets;
      released += 1;
      for (const [key, object] of store.list("google", type)) {
        if (object["id"] === attributes["id"] && attribute in object)
          store.put("google", type, key, { ...object, [attribute]: lets });
      }
    }
  }
  return released;
}

/** Terraform destroys what is in the state and not in the configuration, with the providers that made it. */
function withoutResources(configuration: StackConfiguration, state: TerraformState): StackConfiguration {
  const required = { ...configuration.terraform?.required_providers };
  const provider = { ...configuration.provider };
  for (const resource of state.resources) {
    const address = /^provider\["registry\.terraform\.io\/([^"]+)"\]/.exec(resource.provider)?.[1];
    // Terraform's own provider, of terraform_data, is nothing to ask for.
    if (address === undefined) continue;
    const name = address.split("/").at(-1)!;
    // Any version: cdktf wants to read one.
    required[name] ??= { source: address, version: ">= 0" };
    provider[name] ??= name === "google-beta" ? (provider["google"] ?? [{}]) : [{}];
  }
  return {
    "//": configuration["//"],
    terraform: { ...configuration.terraform, required_providers: required },
    provider,
  };
}
