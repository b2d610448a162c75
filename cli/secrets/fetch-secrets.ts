import { findAccessToken } from "../google/access-token";
import { CredentialsProblem } from "../google/credentials-problem";
import { SecretManager } from "../google/secret-manager";
import type { BroughtSecret } from "./stack-secrets";

/** Values for Terraform's environment, or every reason why there are none: half of them would make half of a deploy. */
export interface FetchedSecrets {
  /** By variable, such as `TF_VAR_abc_jvb_auth_password`, each value followed by the version that it is of. */
  readonly variables: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/** Reads secrets in Secret Manager, as whoever is logged in at Google. */
export async function fetchSecrets(secrets: readonly BroughtSecret[]): Promise<FetchedSecrets> {
  const variables: Record<string, string> = {};
  const problems: string[] = [];
  try {
    const manager = new SecretManager(await findAccessToken(process.env), process.env);
    for (const { variable, versionVariable, version, resource, storedBy } of secrets) {
      const answer = await manager.newest(resource, storedBy);
      if ("problem" in answer) problems.push(`${resource}: ${answer.problem}`);
      else {
        variables[`TF_VAR_${variable}`] = answer.value;
        // A shell outlives a rotation: a push refuses the value when it is of another version.
        variables[`TF_VAR_${versionVariable}`] = String(version);
      }
    }
  } catch (error) {
    if (!(error instanceof CredentialsProblem)) throw error;
    problems.push(error.message);
  }
  return { variables, problems };
}
