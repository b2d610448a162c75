import { listed } from "../../model/listed";
import { isAbove, NOTICES } from "../../review/notice";
import { fenced, row, safe, tableHead } from "./markdown-lines";
import { codeOf as code, firstOf, type ReviewPart } from "./review-part";
import { reviewParts } from "./review-parts";
import type { ReviewResult, StackReview } from "./review-result";
import {
  admittedBy,
  baseWords,
  insteadOf,
  isBroken,
  planWords,
  titleWords,
  untouchedWords,
  verdictWords,
} from "./review-words";
import { stackDetails } from "./stack-details";

/** By which CI finds its comment again, to change it instead of writing another. */
export const MARKER = "<!-- fleet review -->";

/** Characters of a comment; GitHub takes 65,536. */
const LONGEST = 60_000;
/** Rows of a table of stacks: a change of all of 100 customers has 300. */
const MOST_STACKS = 40;
/** Stacks that an advice names. */
const NAMED_STACKS = 5;

/** A review as a comment of a pull request: the verdict first, details folded. */
export function reviewMarkdown(result: ReviewResult): string {
  if (result.outcome === "refused")
    return [
      ...[MARKER, "## Fleet review: not possible", ""],
      ...fenced((result.problem ?? "").slice(0, LONGEST - 1000), ""),
      "",
    ].join("\n");
  const parts = reviewParts(result);
  const head = [
    MARKER,
    `## Fleet review: ${titleWords(result)}`,
    "",
    markOf(result) + verdictWords(result),
    "",
    ...(parts.headlines.length > 0 ? [parts.headlines.map(safe).join(" "), ""] : []),
    // What has nothing to say has no lines.
    ...stackTable(result),
    ...insteadList(result),
    ...openedTable(result),
    ...parts.sections.flatMap(partLines),
    ...(parts.quiet.length > 0 ? [safe(parts.quiet.join(" ")), ""] : []),
  ];
  const admitted = admittedBy(result);
  const foot = [
    ...(admitted === undefined ? [] : [admitted, ""]),
    `${comparedWords(result)}; ${untouchedWords(result)}`,
    "",
  ];
  return withDetails(head, result.stacks, foot);
}

/** What must be done before the change can go on. */
const markOf = (result: ReviewResult): string =>
  isBroken(result)
    ? "**Not allowed.** "
    : isAbove(result.notice, result.allowed)
      ? "**Needs a person's word.** "
      : "";

/** How the verdict was come by. Where no stack changes, or is only gone, nothing was planned. */
const comparedWords = (result: ReviewResult): string => {
  const base = code(baseWords(result));
  return result.stacks.some(({ change }) => change !== "removed")
    ? `Planned with Terraform against ${base}, on pretended clouds`
    : `Compared with ${base}`;
};

/** Details as long as there is room. A file that changes in the same way in several stacks is shown once. */
function withDetails(
  head: readonly string[],
  stacks: readonly StackReview[],
  foot: readonly string[],
): string {
  const length = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length + 1, 0);
  const shownAt = new Map<string, string>();
  const lines = [...head];
  let leftOut = 0;
  for (const stack of stacks) {
    const details = stackDetails(stack, shownAt);
    if (length(lines) + length(details) + length(foot) > LONGEST) leftOut++;
    else lines.push(...details);
  }
  if (leftOut > 0) lines.push(`Details of ${leftOut} more stacks: \`npx fleet review\`.`, "");
  return [...lines, ...foot].join("\n");
}

function stackTable({ stacks, allowed }: ReviewResult): string[] {
  if (stacks.length === 0) return [];
  // In the order of a deploy; of very many those of the highest class first.
  const sorted =
    stacks.length > MOST_STACKS
      ? [...NOTICES].reverse().flatMap((notice) => stacks.filter((each) => each.notice === notice))
      : stacks;
  const { first: named, rest } = firstOf(sorted, MOST_STACKS);
  const hidden = rest.filter((stack) => isAbove(stack.notice, allowed)).length;
  const rows = named.map((stack) => {
    const [first] = stack.reasons;
    const notice = isAbove(stack.notice, allowed) ? `**${stack.notice}**` : stack.notice;
    const plan = `${planWords(stack)}${stack.refused === undefined ? "" : "; **Terraform refuses it**"}`;
    return row(
      code(stack.stack),
      notice,
      plan,
      first
        ? capital(first.says)
        : "Nothing that runs changes; at most, machines that are made from now on do",
    );
  });
  return [
    ...tableHead("stack", "callers notice", "Terraform", "why"),
    ...rows,
    "",
    ...(rest.length > 0
      ? [
          `${rest.length} more stacks${hidden > 0 ? `, **${hidden} of them above what is allowed**` : ""}: \`npx fleet review\`.`,
          "",
        ]
      : []),
  ];
}

function insteadList(result: ReviewResult): string[] {
  const ways = insteadOf(result);
  if (ways.length === 0) return [];
  return [
    "### What to do instead",
    "",
    ...ways.map(({ instead, stacks }) => `- ${instead} (${listed(stacks.map(code), NAMED_STACKS)})`),
    "",
  ];
}

function openedTable({ stacks }: ReviewResult): string[] {
  const rows = stacks.flatMap(({ stack, opened }) =>
    opened.map(({ port, from, isPublic }) =>
      row(code(stack), port, isPublic ? `**the whole internet** (${code(from)})` : code(from)),
    ),
  );
  if (rows.length === 0) return [];
  const { first, rest } = firstOf(rows, MOST_STACKS);
  return [
    ...["### Opened to the outside", "", ...tableHead("stack", "port", "from"), ...first, ""],
    ...(rest.length > 0 ? [`${rest.length} more: \`npx fleet review\`.`, ""] : []),
  ];
}

const partLines = ({ title, lead, head, names, rows, notes }: ReviewPart): string[] => [
  ...[`### ${title}`, ""],
  ...lead.flatMap((each) => [safe(each), ""]),
  ...(rows.length > 0
    ? [
        row(...head),
        row(...head.map((_, at) => (at < names ? "---" : "---:"))),
        ...rows.map((cells) => row(...cells)),
        "",
      ]
    : []),
  ...(notes.length > 0 ? [...notes.map((note) => `- ${safe(note)}`), ""] : []),
];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
