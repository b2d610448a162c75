import { readStack, resourcesOf } from "./stack-configuration";
import type { CloudStore } from "../store/cloud-store";

/** An object that a stack refers to and that no stack creates. */
export interface AssumedObject {
  /** The stack that needs it. */
  readonly stack: string;
  /** In words. */
  readonly object: string;
}

/**
 * Puts into the pretended clouds what the stacks take for granted: a DNS zone that they write records into and that
 * none of them creates was made by somebody else.
 *
 * @param directories of all stacks, deployed or not, by stack
 */
export function assumeObjects(directories: ReadonlyMap<string, string>, store: CloudStore): AssumedObject[] {
  const resources = [...directories].flatMap(([stack, directory]) => {
    const configuration = readStack(directory);
    const inherited = projectOf(configuration);
    return resourcesOf(configuration).map(({ type, arguments: given }) => {
      const project = textOf(given["project"]) ?? inherited;
      const zone = textOf(given[type === "google_dns_managed_zone" ? "name" : "managed_zone"]);
      return { stack, type, project, zone, id: `projects/${project}/managedZones/${zone}` };
    });
  });
  const created = new Set(
    resources.filter(({ type }) => type === "google_dns_managed_zone").map(({ id }) => id),
  );
  const assumed = resources.filter(
    ({ type, id, project, zone }) =>
      type === "google_dns_record_set" &&
      project !== undefined &&
      zone !== undefined &&
      !zone.includes("${") &&
      !created.has(id),
  );
  for (const { id, project, zone } of assumed) {
    if (store.get("google", "google_dns_managed_zone", id)) continue;
    store.put("google", "google_dns_managed_zone", id, {
      id,
      name: zone!,
      project: project!,
      visibility: "public",
    });
  }
  const lines = assumed.map(({ stack, project, zone }) => ({
    stack,
    object: `DNS zone ${zone} of project ${project}`,
  }));
  return [...new Map(lines.map((line) => [`${line.stack} ${line.object}`, line])).values()];
}

/** The project of a stack's provider, which its resources have unless they name another. */
export function projectOf(stack: object): string | undefined {
  const google = (stack as { readonly provider?: { readonly google?: unknown } }).provider?.google;
  const [block] = (Array.isArray(google) ? google : [google]) as (
    { readonly project?: unknown } | undefined
  )[];
  return textOf(block?.project);
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
