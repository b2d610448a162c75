import type { ReviewResult, StackReview } from "../../cli/review/review-result";
import { highest, isAbove } from "../../review/notice";

/** A server whose Jicofo starts anew, unless a test says otherwise. */
export const aStackReview = (overrides: Partial<StackReview> = {}): StackReview => ({
  stack: "customer-abc",
  change: "changed",
  notice: "moves calls",
  reasons: [
    {
      notice: "moves calls",
      says: "Jicofo starts anew",
      instead: "Choose a quiet hour.",
      at: ["/etc/fleet/jicofo.env"],
    },
  ],
  plan: [
    {
      ...{
        address: "google_compute_instance.server",
        action: "update",
        createFirst: false,
        replacePaths: [],
      },
      changes: [{ attribute: "metadata.fleet-files", before: "(files)", after: "(files)" }],
    },
  ],
  opened: [],
  files: [{ path: "files/server/etc/fleet/jicofo.env", change: "changed", diff: ["-A=1", "+A=2"] }],
  ...overrides,
});

export function aReview(stacks: readonly StackReview[], overrides: Partial<ReviewResult> = {}): ReviewResult {
  const notice = highest(stacks.map((stack) => stack.notice));
  const allowed = overrides.allowed ?? "new calls only";
  return {
    outcome: "reviewed",
    base: { name: "origin/main", commit: "1a2b3c4d5e6f708192a3b4c5d6e7f80912345678" },
    ...{ notice, allowed, isAllowed: !isAbove(notice, allowed), stacks, untouched: 9, accounts: [] },
    ...{ capacity: null, cost: null, policies: null },
    ...overrides,
  };
}
