import { blocksOf } from "./blocks";
import type { Attributes, Finding, Policy } from "./policy";

const CREDENTIALS = ["access_token", "credentials", "external_credential", "token"];
const EXACT = /^\d+\.\d+\.\d+$/;

export const checkProviderSettings: Policy = {
  id: "provider-settings",
  rule: "Providers have an exact version, and credentials from the environment alone.",
  reason:
    "A provider that moves plans other changes than were reviewed; credentials here would be committed.",
  fix: "Leave credentials to the environment; the version is the one of the bindings.",
  check: ({ terraform }) => {
    const providers = Object.entries((terraform["provider"] ?? {}) as Attributes);
    const { required_providers: required = {} } = (terraform["terraform"] ?? {}) as {
      required_providers?: Record<string, { version?: string }>;
    };
    return [
      ...providers.flatMap(([name]) =>
        blocksOf(Object.fromEntries(providers), name).flatMap((settings) => credentialsIn(name, settings)),
      ),
      ...Object.entries(required)
        .filter(([, { version = "" }]) => !EXACT.test(version))
        .map(([name, { version }]) => ({
          message:
            `provider ${name} has ${version === undefined ? "no version" : `version "${version}"`}; ` +
            "a newer one could plan other changes than were reviewed; name one exactly",
        })),
    ];
  },
};

const credentialsIn = (name: string, settings: Attributes): Finding[] =>
  CREDENTIALS.filter((key) => settings[key] !== undefined).map((key) => ({
    message: `provider ${name} sets ${key}; it would be committed; leave it to the environment`,
  }));
