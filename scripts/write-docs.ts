import { writeFileSync } from "node:fs";
import { EDITS } from "../proofs/edits";
import { buildProgram } from "../cli/main";
import { renderCompletionWords } from "./completion-words";
import { renderEditsPage } from "./edits-page";

/** `npm run docs`: writes the generated pages below docs/. */
writeFileSync("docs/what-an-edit-does.md", renderEditsPage(EDITS));

const program = buildProgram({ out: () => undefined, err: () => undefined }, () => undefined);
writeFileSync("cli/completion/words.json", renderCompletionWords(program));
