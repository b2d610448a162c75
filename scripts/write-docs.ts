import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { buildProgram } from "../cli/main";
import { EDITS } from "../proofs/edits/all-edits";
import { renderCheckovPage } from "./checkov/checkov-page";
import { readCheckovWaivers, WAIVERS_FILE } from "./checkov/read-waivers";
import { renderCompletionWords } from "./completion-words";
import { renderEditsPage } from "./edits-page";
import { renderImportPage } from "./import-page";
import { IMPORTED_SOURCES } from "./imported-sources";
import { MAP_PICTURE, mapPicture } from "./map-picture";
import { renderCommandPages } from "./reference/command-pages";
import { renderDataPages } from "./reference/data-pages";

/** `npm run docs`: writes the generated pages below docs/, the map of the example accounts, and what completion knows. */
const program = buildProgram({ out: () => undefined, err: () => undefined }, () => undefined);
writeFileSync("docs/what-an-edit-does.md", renderEditsPage(EDITS));
const { waivers } = readCheckovWaivers(readFileSync(WAIVERS_FILE));
writeFileSync("docs/checkov.md", renderCheckovPage(waivers));
writeFileSync("docs/import.md", renderImportPage(IMPORTED_SOURCES));
writeFileSync("cli/completion/words.json", renderCompletionWords(program));
writeFileSync(MAP_PICTURE, mapPicture());
writeFolder("docs/reference/commands", renderCommandPages(program));
writeFolder("docs/reference/data", renderDataPages());

/** The folder holds these pages and no other, so that a command that is gone has none. */
function writeFolder(folder: string, pages: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of pages) writeFileSync(`${folder}/${file}`, text);
}
