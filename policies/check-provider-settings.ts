import { blocksOf } from "./blocks";
import { declaredIn, objectsOf } from "./plain-json";
import type { Attributes, Finding, FinishedStack, Policy } from "./policy";

const CREDENTIALS = [
  "access_token",
  "credentials",
  "external_credential",
  "obj_access_key",
  "obj_secret_key",
  "token",
];
const ENDPOINT = /^(?:url|api_ca_path|universe_domain|\w+_custom_endpoint)$/;
const EXACT = /^\d+\.\d+\.\d+$/;
/** Where each provider comes from; one without a source is of hashicorp. */
const SOURCES: Readonly<Record<string, string>> = {
  google: "google",
  linode: "linode/linode",
  random: "hashicorp/random",
};

export const checkProviderSettings: Policy = {
  id: "provider-settings",
  rule: "Providers are the three that were chosen, in an exact version, with credentials from the environment alone.",
  reason:
    "A provider runs with every right of the deploy: one that moves plans other changes than were reviewed, and " +
    "credentials or addresses here would be committed, or sent to others.",
  fix: "Leave credentials and endpoints to the environment; the version is the one of the bindings.",
  check: (stack) => [...checkSettings(stack), ...checkVersions(stack), ...checkUnnamed(stack)],
};

const checkSettings = ({ terraform }: FinishedStack): Finding[] =>
  objectsOf(terraform["provider"]).flatMap((providers) =>
    Object.keys(providers).flatMap((name) =>
      blocksOf(providers, name).flatMap((settings) => [
        ...CREDENTIALS.filter((key) => isSet(settings[key])).map((key) => ({
          message: `provider ${name} sets ${key}; it would be committed; leave it to the environment`,
        })),
        ...Object.keys(settings)
          .filter((key) => ENDPOINT.test(key) && isSet(settings[key]))
          .map((key) => ({
            message: `provider ${name} sets ${key}; tokens would be sent there; leave it to the environment`,
          })),
      ]),
    ),
  );

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

const requiredBy = ({ terraform }: FinishedStack): readonly (readonly [name: string, Attributes])[] =>
  objectsOf(terraform["terraform"])
    .flatMap((settings) => blocksOf(settings, "required_providers"))
    .flatMap((required) => Object.entries(required))
    .map(([name, settings]) => [
      name,
      typeof settings === "string" ? { version: settings } : (settings as Attributes),
    ]);

const checkVersions = (stack: FinishedStack): Finding[] =>
  requiredBy(stack).flatMap(([name, { version, source = name }]) => [
    ...(EXACT.test(String(version))
      ? []
      : [
          {
            message:
              `provider ${name} has ${version === undefined ? "no version" : `version "${String(version)}"`}; ` +
              "a newer one could plan other changes than were reviewed; name one exactly",
          },
        ]),
    ...(SOURCES[name] === source
      ? []
      : [
          {
            message:
              `provider ${name} comes from "${String(source)}"; it would run with every right of the deploy; ` +
              `use ${Object.keys(SOURCES).join(", ")}, or add it to policies/check-provider-settings.ts with a reason`,
          },
        ]),
  ]);

/** Terraform looks for the provider of a resource by its type, and takes the newest when no version is named. */
function checkUnnamed(stack: FinishedStack): Finding[] {
  const named = new Set(["terraform", ...requiredBy(stack).map(([name]) => name)]);
  const types = ["resource", "data", "ephemeral"].flatMap((section) =>
    declaredIn(stack.terraform[section]).map(([type]) => type),
  );
  const unnamed = new Set(types.map((type) => type.split("_")[0]!).filter((name) => !named.has(name)));
  return [...unnamed].map((name) => ({
    message: `provider ${name} is used and not required; Terraform would take the newest; name its version exactly`,
  }));
}
