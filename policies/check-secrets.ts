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

/**
 * Machine files, which go to metadata as they are; but for those of the page, which everybody reads anyway, and for
 * programs, the same for everybody, whose `token = …` is code.
 */
const MACHINE_FILE = /(?:^|\/)etc\/fleet\/(?!web\/|programs\/)/;
/** A setting that by its name is a secret, and its value: `X_PASSWORD=…`, `PASSWORD = "…"`, `- SECRET: …`. */
const SECRET_SETTING =
  /^[ \t-]*(?:export[ \t]+)?["']?([\w.-]*(?:PASSWORD|SECRET|CREDENTIAL|TOKEN)[\w.-]*)["']?[ \t]*[=:][ \t]*(\S.*?)[ \t]*,?$/gim;
/** `${NAME}`, `$NAME`, a variable that a script looks up, or a file in memory that is read when the program starts. */
const FROM_ELSEWHERE = new RegExp(
  `^["']?(?:${[
    "\\$\\{\\??[A-Za-z_]\\w*\\}",
    "\\$[A-Z][A-Z0-9_]*",
    "\\$__file\\{/tmp/fleet-secrets/[\\w.-]+\\}",
    "/tmp/fleet-secrets/[\\w.-]+",
    '\\$\\(printenv "\\$\\w+"\\)(?: \\|\\| (?:exit \\d|give_up [^=]*))?',
  ].join("|")})["']?$`,
);

/** The file that names what a Google machine fetches. */
const SECRETS_FILE = /(?:^|\/)etc\/fleet\/secrets\.json$/;
const SECRET_RESOURCE = /^projects\/[a-z0-9-]+\/secrets\/[A-Za-z0-9_-]+$/;

export const checkSecrets: Policy = {
  id: "secrets",
  rule: "No secret is in state, plan, metadata or files.",
  reason: "Whoever reads the state, the repository or the metadata has it.",
  fix: "Draw it with an ephemeral resource, store it by a write-only argument, let the machine fetch it at boot.",
  check: ({ resources, files }) => [
    ...resources.flatMap((on) => [...checkType(on), ...checkArguments(on), ...checkMetadata(on)]),
    ...[...files].flatMap(([path, text]) => {
      if (SECRETS_FILE.test(path)) return checkSecretsFile(path, text);
      return MACHINE_FILE.test(path) ? checkSettings(path, text) : [];
    }),
  ],
};

const IN_FILE = "everyone who may see the repository or the machine's metadata reads it; ";

const checkSettings = (path: string, text: string): Finding[] =>
  [...text.matchAll(SECRET_SETTING)]
    .filter(([, , value]) => !FROM_ELSEWHERE.test(value!))
    .map(([, name]) => ({
      message: `${path}: ${name!} holds a secret; ${IN_FILE}let the machine fetch it at boot (secrets.json)`,
    }));

/** env file -> variable -> name of a secret, other file -> name of a secret, and nothing else. */
function checkSecretsFile(path: string, text: string): Finding[] {
  const files = Object.entries(JSON.parse(text) as Record<string, unknown>);
  const named = files.flatMap(([file, wanted]): [what: string, resource: unknown][] =>
    typeof wanted === "object" && wanted !== null
      ? Object.entries(wanted).map(([variable, resource]) => [`${variable} of ${file}`, resource])
      : [[file, wanted]],
  );
  return named
    .filter(([, resource]) => typeof resource !== "string" || !SECRET_RESOURCE.test(resource))
    .map(([what]) => ({
      message:
        `${path}: ${what} is not the name of a secret, so it may be one; ${IN_FILE}` +
        "write projects/<project>/secrets/<name>",
    }));
}

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
