/** Secrets that the services of a machine need: service -> variable -> resource (`secretResource` in model/names.ts). */
export type MachineSecrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * What `fleet-secrets` fetches on a Google machine: env file below `/run/fleet/secrets` -> variable -> resource. Names
 * only. JSON takes no comments; the program says what it is.
 */
export const renderSecretsFile = (secrets: MachineSecrets): string =>
  `${JSON.stringify(
    Object.fromEntries(Object.entries(secrets).map(([service, variables]) => [`${service}.env`, variables])),
    null,
    2,
  )}\n`;
