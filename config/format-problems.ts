import { counted } from "../model/counted";
import type { LocatedProblem } from "./located-problem";

/** How the parts of a problem look, such as in colours. */
export interface ProblemStyle {
  /** `path:line:column` */
  readonly place: (text: string) => string;
  /** The field of an error. */
  readonly error: (text: string) => string;
  /** The word `warning:`, and the field behind it. */
  readonly warning: (text: string) => string;
}

const same = (text: string): string => text;
const PLAIN: ProblemStyle = { place: same, error: same, warning: same };

/**
 * One line per problem, `path:line:column  field: what is wrong, what is allowed, what to do`, and a closing line with
 * the counts. Ends with a line break.
 *
 * @param style @default plain text
 * @param after what the closing line adds when there are errors
 */
export function formatProblems(
  problems: readonly LocatedProblem[],
  style: ProblemStyle = PLAIN,
  after = " Nothing was written.",
): string {
  const lines = problems.map(({ file, line, column, field, message, severity }) => {
    const isWarning = severity === "warning";
    const head = `${isWarning ? "warning: " : ""}${field === "" ? "" : `${field}:`}`.trimEnd();
    const marked = head === "" ? "" : `${(isWarning ? style.warning : style.error)(head)} `;
    return `${style.place(`${file}:${line}:${column}`)}  ${marked}${message}`;
  });
  return `${[...lines, "", closingLine(problems, after)].join("\n")}\n`;
}

function closingLine(problems: readonly LocatedProblem[], after: string): string {
  const warnings = problems.filter(({ severity }) => severity === "warning").length;
  const errors = problems.length - warnings;
  const files = counted(new Set(problems.map(({ file }) => file)).size, "file");
  const counts = [
    ...(errors > 0 ? [counted(errors, "problem")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ].join(" and ");
  return `${counts} in ${files}.${errors > 0 ? after : ""}`;
}
