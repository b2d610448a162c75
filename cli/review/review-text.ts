import { isAbove } from "../../review/notice";
import type { Paint } from "../paint";
import { table, wrapped } from "../table";
import {
  baseWords,
  changeWords,
  insteadOf,
  objectLine,
  placesWords,
  planWords,
  verdictWords,
} from "./review-words";
import type { ReviewResult, StackReview } from "./review-result";

/** Lines of one file's diff. */
const LONGEST_DIFF = 20;
/** Places that a reason names. */
const NAMED = 2;

/** A review for a screen: the verdict, a table, then each stack. */
export function reviewText(
  result: ReviewResult,
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string {
  const { stacks, notice, isAllowed, allowed, untouched } = result;
  const colour = isAllowed ? paint.green : paint.red;
  const ways = insteadOf(result);
  const opened = stacks.flatMap(({ stack, opened: ways }) => ways.map((way) => ({ stack, ...way })));
  const lines = [
    ...(stacks.length > 0 ? [colour(paint.bold(notice))] : []),
    ...wrapped(verdictWords(result).replaceAll("`", ""), width),
    "",
    ...(stacks.length > 0
      ? [
          ...table(
            ["stack", "callers notice", "Terraform"],
            stacks.map((stack) => [
              stack.stack,
              stack.notice,
              planWords(stack) + (stack.refused === undefined ? "" : "; Terraform refuses it"),
            ]),
            { width, paint },
          ),
          "",
        ]
      : []),
    ...(ways.length > 0
      ? [
          paint.bold("What to do instead"),
          ...ways.flatMap(({ instead, stacks: ids }) =>
            indented(`${instead.replaceAll("`", "")} (${ids.join(", ")})`, width),
          ),
          "",
        ]
      : []),
    ...(opened.length > 0
      ? [
          paint.bold("Opened to the outside"),
          ...opened.map(
            ({ stack, port, from, isPublic }) =>
              `  ${stack}  ${port} from ${isPublic ? paint.red(`${from}, the whole internet`) : from}`,
          ),
          "",
        ]
      : []),
    ...stacks.flatMap((stack) => [
      `${paint.bold(stack.stack)}  ${isAbove(stack.notice, allowed) ? paint.red(stack.notice) : stack.notice}`,
      ...stackLines(stack, width, paint),
      "",
    ]),
    `Compared with ${baseWords(result)}; ${untouched} other stacks are the same.`,
    "",
  ];
  return lines.join("\n");
}

function stackLines({ reasons, plan, refused, files }: StackReview, width: number, paint: Paint): string[] {
  return [
    ...reasons.flatMap(({ notice, says, at }) =>
      indented(`${notice}: ${says} (${placesWords(at, NAMED)})`, width),
    ),
    ...(refused === undefined ? [] : refused.split("\n").map((line) => `  ${line}`)),
    ...plan.flatMap((object) => [
      `  ${objectLine(object)}`,
      ...object.changes.map((change) => `      ${changeWords(change)}`),
    ]),
    ...files.flatMap(({ path, diff }) => [
      `  ${paint.bold(path)}`,
      ...diff
        .slice(0, LONGEST_DIFF)
        .map(
          (line) =>
            `  ${line.startsWith("+") ? paint.green(line) : line.startsWith("-") ? paint.red(line) : line}`,
        ),
      ...(diff.length > LONGEST_DIFF ? [`  … ${diff.length - LONGEST_DIFF} more lines`] : []),
    ]),
  ];
}

const indented = (text: string, width: number): string[] =>
  wrapped(text, width - 4).map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`));
