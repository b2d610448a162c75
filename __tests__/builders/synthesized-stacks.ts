import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PROVIDERS = {
  google: { source: "google", version: "6.50.0" },
  "google-beta": { source: "google-beta", version: "6.50.0" },
  linode: { source: "linode/linode", version: "3.13.0" },
  random: { source: "random", version: "3.7.2" },
  tls: { source: "tls", version: "4.1.0" },
};
const GOOGLE = [{ project: "acme-prod", region: "europe-west4" }];

/** Writes stacks as cdktf would: a manifest, and each stack's Terraform with a remote backend. */
export function writeStacks(directory: string, stacks: Readonly<Record<string, object>>): void {
  const entries = Object.entries(stacks).map(([name, configuration]) => {
    const path = join("stacks", name);
    mkdirSync(join(directory, path), { recursive: true });
    const document = {
      "//": { metadata: { backend: "gcs", stackName: name, version: "0.21.0" }, outputs: {} },
      terraform: { backend: { gcs: { bucket: "acme-state", prefix: name } }, required_providers: PROVIDERS },
      provider: { google: GOOGLE, "google-beta": GOOGLE, linode: [{}], random: [{}], tls: [{}] },
      ...configuration,
    };
    writeFileSync(join(directory, path, "cdk.tf.json"), JSON.stringify(document, null, 2));
    const synthesizedStackPath = `${path}/cdk.tf.json`;
    return [
      name,
      {
        name,
        constructPath: name,
        workingDirectory: path,
        synthesizedStackPath,
        annotations: [],
        dependencies: [],
      },
    ];
  });
  const manifest = { version: "0.21.0", stacks: Object.fromEntries(entries) as object };
  writeFileSync(join(directory, "manifest.json"), JSON.stringify(manifest));
}
