import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SchemaDocument } from "./trim-schema";

/**
 * Downloads linode/linode of exactly this version into a temporary directory and asks Terraform for its schema.
 *
 * @param version for example "3.13.0"
 * @param env the environment of Terraform: its PATH, proxies, mirrors
 * @throws Error that says whether Terraform, the registry or the version is to blame, in Terraform's words too
 */
export function fetchSchema(version: string, env: NodeJS.ProcessEnv): SchemaDocument {
  const directory = mkdtempSync(join(tmpdir(), "linode-schema-"));
  try {
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify(configuration(version)));
    const terraform = (...args: string[]): string => runTerraform(args, directory, env, version);
    terraform("init", "-input=false", "-no-color");
    const answer = terraform("providers", "schema", "-json", "-no-color");
    try {
      return JSON.parse(answer) as SchemaDocument;
    } catch (error) {
      throw new Error(`"terraform providers schema -json" did not print JSON: ${(error as Error).message}`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** An older Terraform leaves write-only arguments out of the schema without a word. */
const configuration = (version: string): object => ({
  terraform: {
    required_version: ">= 1.11.0",
    required_providers: { linode: { source: "linode/linode", version } },
  },
});

function runTerraform(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, version: string): string {
  const result = spawnSync("terraform", args, {
    cwd,
    // A provider attached for a rehearsal would answer in place of the real one.
    env: { ...env, CHECKPOINT_DISABLE: "1", TF_REATTACH_PROVIDERS: undefined },
    encoding: "utf8",
    maxBuffer: 256 * 2 ** 20, // bytes; the whole schema is some megabytes, and Node's default is one
  });
  if (result.error) {
    const missing = (result.error as NodeJS.ErrnoException).code === "ENOENT";
    throw missing
      ? new Error("terraform is not on the PATH; install Terraform 1.11 or later, then run this again")
      : result.error;
  }
  if (result.status === 0) return result.stdout;
  const words = result.stderr.trim() || result.stdout.trim() || `ended by ${result.signal ?? result.status}`;
  throw new Error(
    `${explain(words, version) ?? `"terraform ${args.join(" ")}" failed`}\n\nTerraform says:\n${words}`,
  );
}

function explain(words: string, version: string): string | undefined {
  const line = words.replace(/\s+/g, " "); // Terraform wraps its errors anywhere between two words
  if (line.includes("no available releases match")) {
    return (
      `linode/linode has no version ${version}; ` +
      "choose one from https://registry.terraform.io/providers/linode/linode"
    );
  }
  if (/could not connect to|failed to request discovery document/.test(line)) {
    return "the Terraform registry cannot be reached; check the network and its proxy, then run this again";
  }
  return undefined;
}
