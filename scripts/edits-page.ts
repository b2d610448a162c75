import type { Edit } from "../proofs/edits/edit";
import { isAbove } from "../review/notice";

/** Longest list of resources that a row shows; longer ones are counted. */
const SHOWN = 4;

const code = (text: string): string => `\`${text.replace(/ \(.*\)$/, "")}\``;

function planned(lines: readonly string[]): string {
  if (lines.length === 0) return "nothing";
  const signs = new Map<string, number>();
  for (const line of lines) {
    const sign = line.split(" ")[0]!;
    signs.set(sign, (signs.get(sign) ?? 0) + 1);
  }
  if (lines.length > SHOWN) return [...signs].map(([sign, count]) => `${code(sign)} ${count}`).join(", ");
  return lines.map(code).join("<br>");
}

function effect(edit: Edit): string {
  if ("refusedBy" in edit) return edit.refusedBy === "synth" ? "refused by synth" : "refused by the plan";
  const stacks = Object.entries(edit.plans);
  if (stacks.length === 0) return "no file changes";
  return stacks.map(([stack, lines]) => `**${stack}**<br>${planned(lines)}`).join("<br>");
}

/** The class, in bold from where callers on bridges notice it. */
function callers(edit: Edit): string {
  if (!("callers" in edit)) return "–";
  return isAbove(edit.callers, "new calls only") ? `**${edit.callers}**` : edit.callers;
}

/** docs/what-an-edit-does.md, from the table that `npm run proof:edits` holds against the real Terraform. */
export function renderEditsPage(edits: readonly Edit[]): string {
  const rows = edits.map(
    (edit) => `| ${edit.name} | ${callers(edit)} | ${effect(edit)} | ${edit.note ?? ""} |`,
  );
  return [
    "# What an edit does",
    "",
    "What Terraform plans for an edit of the example account acme: `+` create, `~` change in place, `-` destroy,",
    "`-/+` replace, `+/-` replace after the new one is there. Stacks that are not named do not change.",
    "`npm run proof:edits` plans and applies every row with the real Terraform against the offline providers;",
    "`npm run docs` writes this page from the same table (`proofs/edits/`). The class is what `npx fleet review` says of the",
    "edit; an edit that synth refuses has none. Bold ones are above what it allows by default.",
    "",
    "| edit | class | plan | what callers and operators notice |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
