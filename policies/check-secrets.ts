import type { Finding, Policy, Resource } from "./policy";

/** Arguments whose value would be kept in the state, by type. */
const PLAIN_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  google_secret_manager_secret_version: ["secret_data"],
  linode_instance: ["root_pass", "stackscript_data"],
};

/** Types that are a secret, kept in the state. */
const SECRET_TYPES = new Set([
  "google_service_account_key",
  "google_storage_hmac_key",
  "linode_object_storage_key",
  "linode_token",
  "random_password",
  "tls_private_key",
]);

/** No secret is in state, plan or metadata. */
export const checkSecrets: Policy = ({ resources }) =>
  resources.flatMap((on) => [...checkType(on), ...checkArguments(on), ...checkMetadata(on)]);

const checkType = (on: Resource): Finding[] =>
  SECRET_TYPES.has(on.type)
    ? [
        {
          on,
          message:
            "this resource keeps a secret in the state; whoever reads the state has it; " +
            "draw the secret with an ephemeral resource",
        },
      ]
    : [];

const checkArguments = (on: Resource): Finding[] =>
  (PLAIN_ARGUMENTS[on.type] ?? [])
    .filter((argument) => on.attributes[argument] !== undefined)
    .map((argument) => ({
      on,
      message:
        `${argument} keeps a secret in the state; whoever reads the state has it; ` +
        "use a write-only argument, or leave it out",
    }));

/** Whoever may see a machine reads its metadata. */
const checkMetadata = (on: Resource): Finding[] =>
  /\$\{[^}]*\b(?:ephemeral\.|random_password|var\.)/.test(JSON.stringify(on.attributes["metadata"] ?? ""))
    ? [
        {
          on,
          message:
            "metadata holds a secret or a variable; everyone who may see the machine reads it; " +
            "let the machine fetch the secret at boot",
        },
      ]
    : [];
