import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fetchSchema } from "./fetch-schema";
import { renderJson } from "./render-json";
import { resourceTypes } from "./resource-types";
import { trimSchema } from "./trim-schema";

// Usage: npm run refresh-schema --workspace @cdktf/provider-linode -- <version>
// Fetches the schema of that version of linode/linode and says what else moving the pin takes.

try {
  process.stdout.write(`${refresh(process.argv.slice(2))}\n`);
} catch (error) {
  process.stderr.write(`refresh-schema: ${(error as Error).message}\nNothing was written.\n`);
  process.exitCode = 1;
}

function refresh(args: readonly string[]): string {
  const [version, ...rest] = args;
  if (version === undefined || rest.length > 0 || !/^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/.test(version)) {
    throw new Error(`"${args.join(" ")}" is not one exact version; give a version such as 3.13.0`);
  }
  const schema = renderJson(trimSchema(fetchSchema(version, process.env), resourceTypes));
  const file = `schema/linode-${version}.schema.json`;
  writeFileSync(join(__dirname, file), schema);
  return `providers/linode/${file}: written, ${resourceTypes.length} resource types\n${nextSteps(version)}`;
}

function nextSteps(version: string): string {
  const { version: pinned } = JSON.parse(readFileSync(join(__dirname, "package.json"), "utf8")) as {
    version: string;
  };
  if (version === pinned)
    return "This version is the pinned one. Next: npm run build --workspace @cdktf/provider-linode, npm test.";
  return [
    `To move the pin from ${pinned} to ${version}:`,
    `  1. in providers/linode/package.json set "version" to "${version}"`,
    `  2. git rm providers/linode/schema/linode-${pinned}.schema.json`,
    "  3. npm install, which builds the bindings and brings package-lock.json up to date",
    `  4. git grep -nF ${pinned}, which shows what else names the old version`,
    "  5. npm run synth, npm test, and look at the diff of the schema and of synthesized/",
  ].join("\n");
}
