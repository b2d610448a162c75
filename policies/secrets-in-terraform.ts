import { blockOf, blocksOf } from "./blocks";
import { objectsOf } from "./plain-json";
import type { Attributes, Finding, FinishedStack, Resource } from "./policy";
import { hasPrivateKey, secretSettingsIn } from "./secret-texts";

/** Arguments whose value would be kept in the state, of whatever type, and however deep. */
const PLAIN_ARGUMENTS =
  /^(?:secret_data|root_pass|stackscript_data|auth_token|service_key|secret_key|password|private_key|private_key_pem|raw_key|rsa_encrypted_key|disk_encryption_key_(?:raw|rsa)|encryption_key)$/;
/** Not kept (provisioners), or looked at below. */
const NOT_ARGUMENTS = new Set(["connection", "provisioner", "metadata", "for_each"]);

/** Types that are a secret, kept in the state. */
const SECRET_TYPES = new Set([
  "google_service_account_key",
  "google_storage_hmac_key",
  "linode_object_storage_key",
  "linode_token",
  "random_password",
  "tls_private_key",
]);

/** What of a stack's Terraform would be kept in its state or plan, or shown with its machines. */
export const secretsInTerraform = (stack: FinishedStack): Finding[] => [
  ...stack.resources.flatMap((on) => [...checkType(on), ...checkArguments(on), ...checkMetadata(on, stack)]),
  ...checkKept(stack),
];

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
  plainArguments(on.attributes).map((argument) => ({
    on,
    message:
      `${argument} keeps a secret in the state; whoever reads the state has it; ` +
      "use a write-only argument, or leave it out",
  }));

/** Paths of arguments that are set. */
function plainArguments(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => plainArguments(each, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    if (NOT_ARGUMENTS.has(key) || each === null) return [];
    return PLAIN_ARGUMENTS.test(key) ? [`${path}${key}`] : plainArguments(each, `${path}${key}.`);
  });
}

/** Whoever may see a machine reads its metadata. */
function checkMetadata(on: Resource, { terraform }: FinishedStack): Finding[] {
  const { metadata = "", metadata_startup_script: script = "" } = on.attributes;
  const text = withLocals(JSON.stringify([metadata, script]), blockOf(terraform, "locals"));
  const settings = objectsOf(metadata)
    .flatMap((each) =>
      Object.entries(each).flatMap(([key, value]) => [`${key}=${String(value)}`, String(value)]),
    )
    .concat(String(script));
  if (
    settings.every((setting) => secretSettingsIn(setting).length === 0) &&
    !hasPrivateKey(text) &&
    !/\$\{[^}]*\b(?:ephemeral\.|random_password|var\.)/.test(text)
  ) {
    return [];
  }
  return [
    {
      on,
      message:
        "metadata holds a secret or a variable; everyone who may see the machine reads it; " +
        "let the machine fetch the secret at boot",
    },
  ];
}

/** A text with the local values that it names, and those that these name. */
function withLocals(text: string, locals: Attributes, seen = new Set<string>()): string {
  const named = [...text.matchAll(/\blocal\.([\w-]+)/g)].map(([, name]) => name!);
  return named.reduce((all, name) => {
    if (seen.has(name)) return all;
    seen.add(name);
    return all + withLocals(JSON.stringify(locals[name] ?? ""), locals, seen);
  }, text);
}

/** Terraform keeps outputs in the state, and variables in the plan, but for ephemeral ones. */
const checkKept = ({ terraform }: FinishedStack): Finding[] => [
  ...namedIn(terraform["output"])
    .filter(([, { sensitive = false }]) => sensitive !== false)
    .map(([name]) => ({
      message: `output.${name} keeps a secret in the state; whoever reads the state has it; leave it out`,
    })),
  ...namedIn(terraform["variable"]).flatMap(
    ([name, { sensitive = false, ephemeral = false, default: preset = null }]) =>
      sensitive === false
        ? []
        : [
            ...(ephemeral === true
              ? []
              : [
                  {
                    message: `var.${name} is a secret and not ephemeral; a plan would keep it; set ephemeral`,
                  },
                ]),
            ...(preset === null
              ? []
              : [
                  {
                    message: `var.${name} is a secret with a default; whoever reads the repository has it; leave the default out`,
                  },
                ]),
          ],
  ),
];

const namedIn = (section: unknown): readonly (readonly [name: string, Attributes])[] =>
  objectsOf(section).flatMap((each) =>
    Object.keys(each).flatMap((name) => blocksOf(each, name).map((body) => [name, body] as const)),
  );
