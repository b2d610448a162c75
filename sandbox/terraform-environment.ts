import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Reattach } from "./protocol/plugin-server";

/**
 * What Terraform must find in its environment to use offline providers and nothing else: no settings of the person
 * who runs it, no question to a version service.
 *
 * @param directory an existing directory for an empty Terraform settings file
 */
export function terraformEnvironment(
  directory: string,
  reattach: Readonly<Record<string, Reattach>>,
): Readonly<Record<string, string>> {
  const settings = join(directory, "empty.tfrc");
  writeFileSync(settings, "");
  return {
    TF_REATTACH_PROVIDERS: JSON.stringify({ ...reattach, ...forOpenTofu(reattach) }),
    TF_CLI_CONFIG_FILE: settings,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
}

/** OpenTofu looks for the same providers in a registry of its own. */
const forOpenTofu = (reattach: Readonly<Record<string, Reattach>>): Readonly<Record<string, Reattach>> =>
  Object.fromEntries(
    Object.entries(reattach).map(([address, provider]) => [
      address.replace("registry.terraform.io", "registry.opentofu.org"),
      provider,
    ]),
  );
