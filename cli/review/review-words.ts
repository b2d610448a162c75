import { isAbove, MEANING } from "../../review/notice";
import { countPlan } from "../../rollout/judge-plan";
import { counted } from "../../model/counted";
import { figure } from "../../model/figure";
import { openFindings } from "./policy-review";
import type { ReviewedObject, ReviewResult, StackReview } from "./review-result";

/** Stands for a value that is made of files. */
export const FILES = "(files)";

const SIGNS = { create: "+", update: "~", delete: "-", replace: "-/+" } as const;

/** As Terraform prints it, with what asks for a replacement: `-/+ google_dns_record_set.address-record (name)`. */
export const objectLine = ({
  action,
  createFirst,
  address,
  replacePaths,
}: Pick<ReviewedObject, "action" | "createFirst" | "address" | "replacePaths">): string =>
  `${createFirst ? "+/-" : SIGNS[action]} ${address}${replacePaths.length > 0 ? ` (${replacePaths.join(", ")})` : ""}`;

/** What an attribute is and will be; files are shown as files. */
export const changeWords = ({ attribute, before, after }: ReviewedObject["changes"][number]): string =>
  before === FILES ? `${attribute}: the files below` : `${attribute}: ${before} -> ${after}`;

/** `1 to add, 2 to change`; `nothing to do` where Terraform would change nothing. */
export function planWords({ change, plan }: Pick<StackReview, "change" | "plan">): string {
  if (change === "removed") return "not planned: no longer synthesized";
  const { add, change: changed, replace, destroy } = countPlan(plan);
  const parts = [
    ...(add > 0 ? [`${add} to add`] : []),
    ...(changed > 0 ? [`${changed} to change`] : []),
    ...(replace > 0 ? [`${replace} to replace`] : []),
    ...(destroy > 0 ? [`${destroy} to destroy`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : "nothing to do";
}

/**
 * `28 files are new, with 9,012 lines`, where a stack comes with all its files or loses them: who wants to read them reads
 * synthesized/. undefined where a difference can be shown.
 */
export function allFilesWords({ change, files }: Pick<StackReview, "change" | "files">): string | undefined {
  const isNew = change === "added";
  if (files.length < 2 || !files.every((file) => file.change === (isNew ? "added" : "removed")))
    return undefined;
  const lines = files.reduce((sum, { diff }) => sum + diff.filter((line) => /^[+-]/.test(line)).length, 0);
  return `${files.length} files ${isNew ? "are new" : "are gone"}, with ${figure(lines)} lines`;
}

/** The verdict in a few words: what callers notice, after what no class admits. */
export function titleWords(result: ReviewResult): string {
  const { notice, stacks } = result;
  const what = stacks.length === 0 ? "nothing changes" : notice === "none" ? "no caller notices" : notice;
  return isBroken(result) ? `a policy is broken; ${what}` : what;
}

/** A finding of the policies that no waiver is for. */
export const isBroken = ({ policies }: Pick<ReviewResult, "policies">): boolean =>
  policies !== null && openFindings(policies).length > 0;

/** How to admit what is above what is allowed; undefined where nothing is. */
export function admittedBy(result: ReviewResult): string | undefined {
  const { notice, allowed } = result;
  if (!isAbove(notice, allowed)) return undefined;
  const rest = isBroken(result) ? " What the policies find stays not allowed." : "";
  return `Whoever has read this admits it with the label \`allow: ${notice}\`, or with \`--allow "${notice}"\`.${rest}`;
}

/** What the review comes to, in a sentence or two. */
export function verdictWords({ notice, allowed, stacks, accounts }: ReviewResult): string {
  if (stacks.length === 0)
    return accounts.length > 0
      ? `${counted(accounts.length, "file")} of the accounts changed, and no stack does: nothing would be deployed.`
      : "Nothing differs from the base: nothing would be deployed.";
  const above = stacks.filter((stack) => isAbove(stack.notice, allowed));
  const meaning = `${MEANING[notice]}.`;
  if (stacks.length === 1)
    return above.length === 0
      ? `1 stack changes: ${meaning}`
      : `1 stack changes, and is above what is allowed (\`${allowed}\`): ${meaning}`;
  const changed = `${stacks.length} stacks change`;
  return above.length === 0
    ? `${changed}: ${meaning}`
    : `${changed}, ${above.length} of them above what is allowed (\`${allowed}\`): ${meaning}`;
}

/** `origin/main at 1a2b3c4d5e6f` */
export const baseWords = ({ base: { name, commit } }: ReviewResult): string =>
  commit === undefined ? name : `${name} at ${commit.slice(0, 12)}`;

/** What is not reviewed, and what a reader has to know of the base. */
export const untouchedWords = ({ untouched, base: { isTip } }: ReviewResult): string =>
  `${counted(untouched, "other stack")} ${untouched === 1 ? "is" : "are"} the same.` +
  (isTip
    ? " No common ancestor of both is here, as in a shallow clone: what others have done since counts as part of the change."
    : "");

/** What to do instead, each once, with the stacks that it is for; the highest class first. */
export function insteadOf(
  result: ReviewResult,
): readonly { readonly instead: string; readonly stacks: readonly string[] }[] {
  const above = result.stacks.flatMap(({ stack, reasons }) =>
    reasons
      .filter(({ notice, instead }) => instead !== undefined && isAbove(notice, result.allowed))
      .map(({ notice, instead }) => ({ stack, notice, instead: instead! })),
  );
  above.sort((a, b) => (isAbove(a.notice, b.notice) ? -1 : isAbove(b.notice, a.notice) ? 1 : 0));
  const stacks = new Map<string, Set<string>>();
  for (const { stack, instead } of above) stacks.set(instead, (stacks.get(instead) ?? new Set()).add(stack));
  return [...stacks].map(([instead, ids]) => ({ instead, stacks: [...ids] }));
}
