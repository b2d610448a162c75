import { z } from "zod";
import { decodeText } from "../../config/decode-text";
import type { LocatedProblem } from "../../config/located-problem";
import { parseYaml } from "../../config/parse-yaml";
import { ProblemList } from "../../config/problem-list";
import { reportIssues } from "../../config/report-issues";
import { nodeAt, offsetOf, plainOf } from "../../config/yaml-node";
import { waiverTerms } from "../../model/schema/waiver";
import { waiverEnd } from "../../model/waivers";

/** Waivers of what Checkov finds, from the root of the repository. */
export const WAIVERS_FILE = "scripts/checkov/waivers.yaml";

const waiver = z.strictObject({
  rule: z
    .string()
    .regex(/^CKV2?_[A-Z0-9]+_\d+$/, "allowed: an id of Checkov, such as CKV_GCP_26")
    .describe("Checkov's id of what it finds."),
  on: z
    .string()
    .regex(
      /^[a-z0-9_]+\.[A-Za-z0-9_*-]+$/,
      "allowed: an address in a stack, such as google_compute_instance.server; * only in the name",
    )
    .describe("Terraform's address of what it is about, in whichever stack."),
  ...waiverTerms,
});
const file = z.strictObject({ waivers: z.array(waiver).describe("What stays, each with its reason.") });

/** One finding of Checkov that stays until a day, because it is right here. */
export type CheckovWaiver = z.output<typeof waiver>;

export interface CheckovWaivers {
  /** As far as the file could be read. */
  readonly waivers: readonly CheckovWaiver[];
  /** What is wrong in it, and what soon will be, sorted by place. */
  readonly problems: readonly LocatedProblem[];
}

/**
 * Waivers of what Checkov finds: one file for all stacks, read and judged as those of an account are.
 *
 * @param bytes of WAIVERS_FILE
 * @param today by which waivers end, such as 2026-11-30 (UTC) @default they do not
 */
export function readCheckovWaivers(bytes: Uint8Array, today?: string): CheckovWaivers {
  const problems = new ProblemList();
  // Messages about unknown keys are those of account.yaml, whose waivers have the same ones.
  const source = decodeText(WAIVERS_FILE, "account", bytes, problems);
  const root = source && parseYaml(source, problems);
  if (!root) return { waivers: [], problems: problems.all() };
  const read = file.safeParse(plainOf(root));
  if (!read.success) {
    reportIssues(read.error.issues, { root, own: root, schema: file }, problems);
    return { waivers: [], problems: problems.all() };
  }
  const { waivers } = read.data;
  for (const [index, each] of waivers.entries()) {
    const end = today === undefined ? undefined : waiverEnd(each, today);
    const path = ["waivers", index, "until"];
    if (end) problems.addFound(root.source, offsetOf(nodeAt(root, path)!), path, end.message, end.severity);
  }
  return { waivers, problems: problems.all() };
}
