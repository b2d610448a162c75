import { secretLink } from "../model/names";

/** Secrets that the services of a machine need: service -> variable -> resource (`secretResource` in model/names.ts). */
export type MachineSecrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Secrets that become a file as they are: file below `/run/fleet/secrets` -> resource. */
export type RawSecrets = Readonly<Record<string, string>>;

/** The login to private registries, which fleet-apply hands to Docker. */
export const registrySecret = (project: string, pullSecret: string | undefined): RawSecrets =>
  pullSecret === undefined ? {} : { "registry.json": secretLink(project, pullSecret) };

/**
 * What `fleet-secrets` fetches on a Google machine: file below `/run/fleet/secrets` -> variable -> resource, or -> the
 * resource whose value is the file. Names only. JSON takes no comments; the program says what it is.
 */
export const renderSecretsFile = (secrets: MachineSecrets, raw: RawSecrets = {}): string => {
  const envFiles = Object.entries(secrets).map(([service, variables]) => [`${service}.env`, variables]);
  return `${JSON.stringify({ ...Object.fromEntries(envFiles), ...raw }, null, 2)}\n`;
};
