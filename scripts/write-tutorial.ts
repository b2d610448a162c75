/**
 * `npm run tutorial`: runs every command of docs/tutorial.md from an empty folder, and writes what they print into it.
 * Outputs that still match stay as they are, with their `…`.
 */
import { writeFileSync } from "node:fs";
import { followPage } from "./console/follow-page";

const PAGE = "docs/tutorial.md";

async function main(): Promise<void> {
  const { page, differences } = await followPage(PAGE, ({ command }) =>
    process.stdout.write(`$ ${command.split("\n")[0]}\n`),
  );
  writeFileSync(PAGE, page.withOutputs(new Map(differences.map(({ step, printed }) => [step, printed]))));
  for (const { step, code } of differences)
    process.stdout.write(`${PAGE}:${step.line}: new output, exit code ${code}: ${step.command}\n`);
}

void main();
