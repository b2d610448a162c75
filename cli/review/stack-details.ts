import { listed } from "../../model/listed";
import type { Reason } from "../../review/judge-stack";
import { fenced } from "./markdown-lines";
import { codeOf as code } from "./review-part";
import type { ReviewedFile, StackReview } from "./review-result";
import { allFilesWords, changeWords, objectLine, planWords } from "./review-words";
import { shownDiff } from "./shown-diff";

/** Lines of one file's diff. */
const LONGEST_DIFF = 25;
/** Characters of one line of it. */
const WIDEST = 200;
/** Objects, or files, that a reason names. */
const NAMED = 3;
/** Lines of a plan. */
const LONGEST_PLAN = 60;

/**
 * What a comment folds of a stack: its reasons, plan and files.
 *
 * @param shownAt change of a file -> the stack that it was shown at; what is shown here is added
 */
export function stackDetails(review: StackReview, shownAt: Map<string, string>): string[] {
  const { stack, reasons, plan, refused, files } = review;
  const whole = allFilesWords(review);
  return [
    `<details><summary><code>${stack}</code>: ${planWords(review)}</summary>`,
    "",
    ...reasons.map((reason) => `- ${reasonLine(reason)}`),
    ...(reasons.length > 0 ? [""] : []),
    ...(refused === undefined ? [] : fenced(refused, "")),
    ...(plan.length === 0 ? [] : fenced(planLines(review).join("\n"), "")),
    ...(whole === undefined ? files.flatMap((file) => fileDetails(stack, file, shownAt)) : [`${whole}.`, ""]),
    "</details>",
    "",
  ];
}

const reasonLine = ({ notice, says, at }: Reason): string =>
  `**${notice}**: ${says} – ${listed(at.map(code), NAMED)}`;

function planLines({ plan }: StackReview): string[] {
  const lines = plan.flatMap((object) => [
    objectLine(object),
    ...object.changes.map((change) => `    ${changeWords(change)}`),
  ]);
  const more = lines.length - LONGEST_PLAN;
  return more > 0 ? [...lines.slice(0, LONGEST_PLAN), `… ${more} more lines`] : lines;
}

function fileDetails(
  stack: string,
  { path, change, diff }: ReviewedFile,
  shownAt: Map<string, string>,
): string[] {
  const title = `${code(path)} ${change === "changed" ? "" : `(${change})`}`.trimEnd();
  const shown = shownDiff({ path, diff }, { longest: LONGEST_DIFF, widest: WIDEST });
  if ("counted" in shown) return [`${title}: ${shown.counted}`, ""];
  const key = `${path}\n${diff.join("\n")}`;
  const other = shownAt.get(key);
  if (other !== undefined) return [`${title}: as in ${code(other)}`, ""];
  shownAt.set(key, stack);
  return [title, "", ...fenced(shown.lines.join("\n"), "diff")];
}
