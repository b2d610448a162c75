import type { Account } from "../../model/fleet";
import { isWaived, waiverEnd } from "../../model/waivers";
import type { Waiver } from "../../model/schema/waiver";
import { ALL_POLICIES } from "../../policies/all-policies";
import { judgeStack } from "../../policies/judge-stack";
import type { FinishedStack, Policy } from "../../policies/policy";

/** One policy, for people. */
export type ListedPolicy = Pick<Policy, "id" | "rule" | "reason" | "fix">;

export interface ReportedFinding {
  /** Id of the policy. */
  readonly rule: string;
  readonly stack: string;
  /** Terraform's address; null when the stack or a file of it is meant. */
  readonly address: string | null;
  /** Path below the stack's directory; null when no file is meant. */
  readonly file: string | null;
  /** What a waiver has to say under `on`. */
  readonly on: string;
  /** What is wrong; why it matters; what to do. */
  readonly message: string;
  /** What lets it be; null when nothing does. */
  readonly waiver: Pick<Waiver, "reason" | "owner" | "until"> | null;
}

export interface ReportedWaiver extends Waiver {
  readonly account: string;
  /** Position in the account's list. */
  readonly index: number;
  /** Findings that it is about. */
  readonly findings: number;
  /** `ended`: past its day, or too far ahead. `unused`: about nothing. `ending`: holds for two more weeks at most. */
  readonly state: "holds" | "ending" | "ended" | "unused";
  /** What is wrong with it and what to do; null when it just holds. */
  readonly message: string | null;
}

/** What `fleet policy --json` prints. */
export interface PolicyReport {
  /** No finding without a waiver, and no waiver that has ended or is about nothing. */
  readonly ok: boolean;
  readonly policies: readonly ListedPolicy[];
  /** Stacks that were judged. */
  readonly stacks: readonly string[];
  readonly findings: readonly ReportedFinding[];
  readonly waivers: readonly ReportedWaiver[];
}

export const listedPolicies = (): readonly ListedPolicy[] =>
  ALL_POLICIES.map(({ id, rule, reason, fix }) => ({ id, rule, reason, fix }));

/**
 * What the policies say of finished stacks, with the accounts' waivers.
 *
 * @param stacks with the account that each belongs to: only its waivers reach it
 * @param today such as 2026-11-30; waivers that ended before let nothing be
 */
export function policyReport(
  stacks: readonly { readonly account: string; readonly finished: FinishedStack }[],
  accounts: readonly Pick<Account, "id" | "waivers">[],
  today: string,
): PolicyReport {
  const waiversOf = new Map(accounts.map(({ id, waivers }) => [id, waivers]));
  const holds = (waiver: Waiver) => waiverEnd(waiver, today)?.severity !== "error";
  const judged = stacks.flatMap(({ account, finished }) => {
    const valid = (waiversOf.get(account) ?? []).filter(holds);
    return judgeStack(finished, valid).map((finding) => ({ ...finding, account, stack: finished.id }));
  });
  const waivers = accounts.flatMap(({ id, waivers: all }) =>
    all.map((waiver, index): ReportedWaiver => {
      const findings = judged.filter((finding) => finding.account === id && isWaived(waiver, finding)).length;
      return { ...waiver, account: id, index, findings, ...stateOf(waiver, findings, today) };
    }),
  );
  const findings = judged.map(({ rule, stack, on, file, place, message, waiver }): ReportedFinding => ({
    rule,
    stack,
    address: on?.address ?? null,
    file: file ?? null,
    on: place,
    message,
    waiver: waiver ? { reason: waiver.reason, owner: waiver.owner, until: waiver.until } : null,
  }));
  return {
    ok:
      findings.every(({ waiver }) => waiver !== null) &&
      waivers.every(({ state }) => state === "holds" || state === "ending"),
    policies: listedPolicies(),
    stacks: stacks.map(({ finished }) => finished.id),
    findings,
    waivers,
  };
}

function stateOf(waiver: Waiver, findings: number, today: string): Pick<ReportedWaiver, "state" | "message"> {
  const end = waiverEnd(waiver, today);
  if (end?.severity === "error") return { state: "ended", message: end.message };
  if (findings === 0) {
    return {
      state: "unused",
      message:
        `the waiver of ${waiver.rule} on ${waiver.on} is about nothing; allowed: what npx fleet policy finds in stacks ` +
        "of this account; remove it, or mend its rule or on",
    };
  }
  return end ? { state: "ending", message: end.message } : { state: "holds", message: null };
}
