import { isWaived } from "../../model/waivers";
import type { Account } from "../../model/fleet";
import type { Waiver } from "../../model/schema/waiver";
import type { FinishedStack } from "../../policies/policy";
import { policyReport, type ReportedFinding } from "../policy/policy-report";

/** What the policies say of the stacks that a change is about. */
export interface PolicyReview {
  /** The day by which waivers end, in UTC. */
  readonly today: string;
  /** Why it is not known which waivers are new: a sentence. null when it is. */
  readonly noBefore: string | null;
  /** Changed stacks that were judged. */
  readonly stacks: readonly string[];
  /** What is in the head; without a waiver first, then new ones. */
  readonly findings: readonly ReviewedFinding[];
  /** Waivers of the head that are new, say something else, or have ended; all of them where the base is not known. */
  readonly waivers: readonly ReviewedWaiver[];
}

export interface ReviewedFinding extends ReportedFinding {
  /** The base did not have it. */
  readonly isNew: boolean;
  /** What let it be until it ended; null when nothing did. */
  readonly ended: Pick<Waiver, "owner" | "until"> | null;
}

export interface ReviewedWaiver extends Waiver {
  readonly account: string;
  readonly change: "added" | "changed" | "same" | "not known";
  /** For `changed`: what the base says of the same rule and place. */
  readonly before: Pick<Waiver, "reason" | "owner" | "until"> | null;
  /** Past its day, or too far ahead: what is wrong and what to do. null when it holds. */
  readonly ended: string | null;
  /** Findings in the changed stacks that it is about. */
  readonly findings: number;
}

export interface JudgedStack {
  readonly account: string;
  readonly finished: FinishedStack;
}

export interface PolicySide {
  /** The changed stacks, as they are there. */
  readonly stacks: readonly JudgedStack[];
  readonly accounts: readonly Pick<Account, "id" | "waivers">[];
}

/**
 * What the policies find in the head, and what of it the base did not have. Pure.
 *
 * @param base its accounts are a sentence when they are not known
 * @param today such as 2026-11-30; waivers that ended before let nothing be
 */
export function policyReview(
  base: Pick<PolicySide, "stacks"> & { readonly accounts: PolicySide["accounts"] | string },
  head: PolicySide,
  today: string,
): PolicyReview {
  const report = policyReport(head.stacks, head.accounts, today);
  const before = new Set(policyReport(base.stacks, [], today).findings.map(keyOf));
  const ended = report.waivers.filter(({ state }) => state === "ended");
  const accountOf = new Map(head.stacks.map(({ account, finished }) => [finished.id, account]));
  const findings = report.findings.map((finding): ReviewedFinding => {
    const past = ended.find(
      (waiver) =>
        waiver.account === accountOf.get(finding.stack) &&
        isWaived(waiver, { rule: finding.rule, place: finding.on }),
    );
    const isOver = finding.waiver === null && past;
    return {
      ...finding,
      isNew: !before.has(keyOf(finding)),
      ended: isOver ? { owner: past.owner, until: past.until } : null,
    };
  });
  const waivers = report.waivers
    .map(({ account, index: _index, state, message, ...waiver }): ReviewedWaiver => ({
      ...waiver,
      account,
      ...changeOf(account, waiver, base.accounts),
      ended: state === "ended" ? message : null,
    }))
    .filter(({ change, ended: end }) => change !== "same" || end !== null);
  return {
    today,
    noBefore: typeof base.accounts === "string" ? base.accounts : null,
    stacks: report.stacks,
    findings: [...findings].sort((a, b) => rank(a) - rank(b)),
    waivers,
  };
}

/** Findings that nothing lets be: with one of them no class is allowed. */
export const openFindings = ({ findings }: PolicyReview): readonly ReviewedFinding[] =>
  findings.filter(({ waiver }) => waiver === null);

const keyOf = ({ rule, on, message }: ReportedFinding): string => JSON.stringify([rule, on, message]);

const rank = ({ waiver, isNew }: ReviewedFinding): number => (waiver === null ? 0 : 2) + (isNew ? 0 : 1);

function changeOf(
  account: string,
  waiver: Waiver,
  base: PolicySide["accounts"] | string,
): Pick<ReviewedWaiver, "change" | "before"> {
  if (typeof base === "string") return { change: "not known", before: null };
  const old = (base.find(({ id }) => id === account)?.waivers ?? []).filter(
    ({ rule, on }) => rule === waiver.rule && on === waiver.on,
  );
  const isSame = ({ reason, owner, until }: Waiver): boolean =>
    reason === waiver.reason && owner === waiver.owner && until === waiver.until;
  if (old.some(isSame)) return { change: "same", before: null };
  const [first] = old;
  if (!first) return { change: "added", before: null };
  return {
    change: "changed",
    before: { reason: first.reason, owner: first.owner, until: first.until },
  };
}
