import type { LocatedProblem } from "./located-problem";

/**
 * One line per problem, `path:line:column  field: what is wrong, what is allowed, what to do`, and a closing line with
 * the counts. Ends with a line break.
 */
export function formatProblems(problems: readonly LocatedProblem[]): string {
  const lines = problems.map(({ file, line, column, field, message, severity }) => {
    const mark = severity === "warning" ? "warning: " : "";
    return `${file}:${line}:${column}  ${mark}${field === "" ? "" : `${field}: `}${message}`;
  });
  return `${[...lines, "", closingLine(problems)].join("\n")}\n`;
}

function closingLine(problems: readonly LocatedProblem[]): string {
  const warnings = problems.filter(({ severity }) => severity === "warning").length;
  const errors = problems.length - warnings;
  const files = counted(new Set(problems.map(({ file }) => file)).size, "file");
  const counts = [
    ...(errors > 0 ? [counted(errors, "problem")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ].join(" and ");
  return `${counts} in ${files}.${errors > 0 ? " Nothing was written." : ""}`;
}

/** `1 file`, `2 files`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
