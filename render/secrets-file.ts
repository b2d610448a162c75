import { secretLink } from "../model/names";

/** Secrets that a machine needs, each by its resource (`secretResource` in model/names.ts). */
export interface MachineSecrets {
  /** Passwords of services: service -> variable -> resource. Values have letters and digits only. */
  readonly services: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Files that are kept as they are, at most 64 KiB each: name below `/run/fleet/secrets` -> resource. A name has an
   * ending, and another one than `.env`. `<folder>/<name>` is for a container that mounts the folder: whoever it runs as
   * may read it there. @default none
   */
  readonly files?: Readonly<Record<string, string>>;
}

/** The login to private registries, which fleet-apply hands to Docker: an entry of `files`. */
export const registrySecret = (
  project: string,
  pullSecret: string | undefined,
): Readonly<Record<string, string>> =>
  pullSecret === undefined ? {} : { "registry.json": secretLink(project, pullSecret) };

/**
 * What `fleet-secrets` fetches on a Google machine: env file below `/run/fleet/secrets` -> variable -> resource, and
 * other file -> resource. Names only. JSON takes no comments; the program says what it is.
 */
export const renderSecretsFile = ({ services, files = {} }: MachineSecrets): string => {
  const envFiles = Object.entries(services).map(([service, variables]) => [`${service}.env`, variables]);
  return `${JSON.stringify({ ...Object.fromEntries(envFiles), ...files }, null, 2)}\n`;
};
