import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderJsonSchemas } from "./json-schemas";

/** `npm run schemas`: writes the JSON Schemas that the files below accounts/ name in their first line. */
const directory = join(__dirname, "..", "schemas");
mkdirSync(directory, { recursive: true });
for (const [file, text] of renderJsonSchemas()) {
  writeFileSync(join(directory, file), text);
  console.log(`schemas/${file}`);
}
