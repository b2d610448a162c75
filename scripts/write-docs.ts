import { writeFileSync } from "node:fs";
import { EDITS } from "../proofs/edits";
import { renderEditsPage } from "./edits-page";

/** `npm run docs`: writes the generated pages below docs/. */
writeFileSync("docs/what-an-edit-does.md", renderEditsPage(EDITS));
