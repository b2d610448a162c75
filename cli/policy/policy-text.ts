import { counted } from "../../model/counted";
import type { Paint } from "../paint";
import type { ListedPolicy, PolicyReport, ReportedFinding } from "./policy-report";

/** The pack, for people: what holds, why, and what to do. */
export const policyListText = (policies: readonly ListedPolicy[], paint: Paint): string =>
  `${policies
    .map(({ id, rule, reason, fix }) =>
      [paint.bold(id), `  ${rule}`, `  Why: ${reason}`, `  Fix: ${fix}`].join("\n"),
    )
    .join("\n\n")}\n`;

/** Findings that nothing lets be, one a line, with what a waiver would have to name. */
export const findingLines = (findings: readonly ReportedFinding[], paint: Paint): string =>
  findings
    .filter(({ waiver }) => waiver === null)
    .map(({ on, rule, message }) => `${paint.bold(on)}  ${paint.red(`${rule}:`)} ${message}\n`)
    .join("");

/** What there is, in a line, and what is waived. */
export function summaryText({ policies, stacks, findings }: PolicyReport): string {
  const waived = findings.filter(({ waiver }) => waiver !== null);
  const open = findings.length - waived.length;
  return [
    ...waived.map(
      ({ on, rule, waiver }) =>
        `${on}  ${rule}: waived until ${waiver!.until} by ${waiver!.owner}: ${waiver!.reason}\n`,
    ),
    `${policies.length} policies, ${counted(stacks.length, "stack")}, ` +
      `${open === 0 ? "no findings" : counted(open, "finding")}${waived.length > 0 ? `, ${waived.length} waived` : ""}\n`,
  ].join("");
}
