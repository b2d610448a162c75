import { listed } from "../../model/listed";
import { isAbove } from "../../review/notice";
import { columns } from "../columns";
import type { Paint } from "../paint";
import { table, wrapped } from "../table";
import {
  admittedBy,
  allFilesWords,
  baseWords,
  changeWords,
  insteadOf,
  objectLine,
  planWords,
  titleWords,
  untouchedWords,
  verdictWords,
} from "./review-words";
import type { ReviewPart } from "./review-part";
import { reviewParts } from "./review-parts";
import { shownDiff } from "./shown-diff";
import type { ReviewedFile, ReviewResult, StackReview } from "./review-result";

/** Lines of one file's diff. */
const LONGEST_DIFF = 20;
/** Places that a reason names. */
const NAMED = 2;

/** A review for a screen: the verdict, a table, then each stack. */
export function reviewText(
  result: ReviewResult,
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string {
  const { stacks, isAllowed, allowed } = result;
  const colour = isAllowed ? paint.green : paint.red;
  const ways = insteadOf(result);
  const { headlines, sections, quiet } = reviewParts(result);
  const opened = stacks.flatMap(({ stack, opened: ways }) => ways.map((way) => ({ stack, ...way })));
  const lines = [
    ...(stacks.length > 0 ? [colour(paint.bold(titleWords(result)))] : []),
    ...wrapped(verdictWords(result).replaceAll("`", ""), width),
    ...headlines.flatMap((each) => wrapped(plain(each), width).map((line) => urgent(each, line, paint))),
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
    ...(opened.length > 0 ? [paint.bold("Opened to the outside"), ...openedLines(opened, paint), ""] : []),
    ...sections.flatMap((part) => [...partLines(part, width, paint), ""]),
    ...(quiet.length > 0 ? [...wrapped(plain(quiet.join(" ")), width), ""] : []),
    ...stacks.flatMap((stack) => [
      `${paint.bold(stack.stack)}  ${isAbove(stack.notice, allowed) ? paint.red(stack.notice) : stack.notice}`,
      ...stackLines(stack, width, paint),
      "",
    ]),
    ...wrapped(plain(admittedBy(result) ?? ""), width).filter((line) => line !== ""),
    ...wrapped(`Compared with ${baseWords(result)}; ${untouchedWords(result)}`, width),
    "",
  ];
  return lines.join("\n");
}

function openedLines(
  opened: readonly (StackReview["opened"][number] & { readonly stack: string })[],
  paint: Paint,
): string[] {
  const cells = opened.map(({ stack, port, from, isPublic }) => [
    stack,
    port,
    `from ${from}${isPublic ? ", the whole internet" : ""}`,
  ]);
  return columns(cells, 3).map((line, index) => `  ${opened[index]!.isPublic ? paint.red(line) : line}`);
}

/** A part without its marks; a note, or a row, that must catch the eye is in colour. */
function partLines(
  { title, lead, head, names, rows, notes }: ReviewPart,
  width: number,
  paint: Paint,
): string[] {
  const cells = [head, ...rows].map((row) => row.map(plain));
  const [first, ...lines] = rows.length > 0 ? columns(cells, names) : [];
  return [
    paint.bold(title),
    ...lead.flatMap((each) => wrapped(plain(each), width - 2).map((line) => `  ${line}`)),
    ...(first === undefined ? [] : [`  ${first}`]),
    ...lines.map((line, index) => `  ${urgent(rows[index]!.join(""), line, paint)}`),
    ...notes.flatMap((note) => indented(`- ${plain(note)}`, width).map((line) => urgent(note, line, paint))),
  ];
}

const plain = (text: string): string => text.replaceAll("`", "").replaceAll("**", "");
const urgent = (text: string, line: string, paint: Paint): string =>
  text.includes("**") ? paint.yellow(line) : line;

function stackLines(review: StackReview, width: number, paint: Paint): string[] {
  const { reasons, plan, refused, files } = review;
  const whole = allFilesWords(review);
  return [
    ...reasons.flatMap(({ notice, says, at }) =>
      indented(`${notice}: ${says} (${listed(at, NAMED)})`, width),
    ),
    ...(refused === undefined ? [] : refused.split("\n").map((line) => `  ${line}`)),
    ...plan.flatMap((object) => [
      `  ${objectLine(object)}`,
      ...object.changes.map((change) => `      ${changeWords(change)}`),
    ]),
    ...(whole === undefined ? files.flatMap((file) => fileLines(file, width, paint)) : [`  ${whole}`]),
  ];
}

function fileLines(file: ReviewedFile, width: number, paint: Paint): string[] {
  const shown = shownDiff(file, { longest: LONGEST_DIFF, widest: Math.max(60, width - 2) });
  if ("counted" in shown) return [`  ${paint.bold(file.path)}: ${shown.counted}`];
  const coloured = (line: string): string =>
    line.startsWith("+") ? paint.green(line) : line.startsWith("-") ? paint.red(line) : line;
  return [`  ${paint.bold(file.path)}`, ...shown.lines.map((line) => `  ${coloured(line)}`)];
}

const indented = (text: string, width: number): string[] =>
  wrapped(text, width - 4).map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`));
