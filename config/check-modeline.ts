import type { ProblemList } from "./problem-list";
import type { DocumentKind, SourceFile } from "./source-file";

/** From each kind's folder to `schemas/`, which lies beside the accounts directory. */
const SCHEMA_PATHS: Readonly<Record<DocumentKind, string>> = {
  defaults: "../schemas/defaults.schema.json",
  account: "../../schemas/account.schema.json",
  customer: "../../../schemas/customer.schema.json",
  pool: "../../../schemas/pool.schema.json",
};

const MODELINE = /^(#\s*yaml-language-server:\s*\$schema=)(\S*)\s*$/;

/** The line that makes editors check and explain a file of this kind. */
export const modelineFor = (kind: DocumentKind): string =>
  `# yaml-language-server: $schema=${SCHEMA_PATHS[kind]}`;

/** Reports a file whose leading comment lines do not name its own schema. */
export function checkModeline(source: SourceFile, problems: ProblemList): void {
  if (source.text.trim() === "") return; // reported as empty
  const expected = modelineFor(source.kind);
  let offset = 0;
  for (const line of source.text.split("\n")) {
    if (!/^(?:#|\s*$)/.test(line)) break;
    const found = MODELINE.exec(line);
    if (found) {
      if (found[2] === SCHEMA_PATHS[source.kind]) return;
      const at = source.positionAt(offset + found[1]!.length);
      problems.addFile(source.path, `editors check the file against another schema; write: ${expected}`, at);
      return;
    }
    offset += line.length + 1;
  }
  problems.addFile(source.path, `the first line tells editors the schema of the file; write: ${expected}`);
}
