import pc from "picocolors";
import { capacityReview } from "../../../cli/review/capacity-review";
import { costReview } from "../../../cli/review/cost-review";
import { reviewText } from "../../../cli/review/review-text";
import { aFleet, aGcpPool } from "../../builders/fleet";
import { aReview, aStackReview } from "../../builders/review-result";

const plain = { width: 90, paint: pc.createColors(false) };

describe("reviewText", () => {
  it("has the verdict first, a table, and each stack with its plan and its files", () => {
    const opened = [{ port: "udp 10000", from: "0.0.0.0/0", isPublic: true }];
    expect(reviewText(aReview([aStackReview({ opened })]), plain)).toMatchInlineSnapshot(`
      "moves calls
      1 stack changes, and is above what is allowed (new calls only): callers are invited anew:
      some seconds of black video.

      stack         callers notice  Terraform
      customer-abc  moves calls     1 to change

      What to do instead
        Choose a quiet hour. (customer-abc)

      Opened to the outside
        customer-abc  udp 10000  from 0.0.0.0/0, the whole internet

      customer-abc  moves calls
        moves calls: Jicofo starts anew (/etc/fleet/jicofo.env)
        ~ google_compute_instance.server
            metadata.fleet-files: the files below
        files/server/etc/fleet/jicofo.env
        -A=1
        +A=2

      Whoever has read this admits it with the label allow: moves calls, or with --allow "moves
      calls".
      Compared with origin/main at 1a2b3c4d5e6f; 9 other stacks are the same.
      "
    `);
  });

  it("counts the files of a stack that comes or goes as a whole, and shows those of one that stays", () => {
    const files = (change: "added" | "removed", sign: string) =>
      ["files/a", "files/b"].map((path) => ({ path, change, diff: [`${sign}1`, `${sign}2`] }));
    const added = reviewText(aReview([aStackReview({ change: "added", files: files("added", "+") })]), plain);
    expect(added).toContain("\n  2 files are new, with 4 lines\n");
    expect(added).not.toContain("+1");
    const gone = reviewText(aReview([aStackReview({ files: files("removed", "-") })]), plain);
    expect(gone).toContain("\n  2 files are gone, with 4 lines\n");
    const more = reviewText(aReview([aStackReview({ files: files("added", "+") })]), plain);
    expect(more).toContain("\n  files/a\n  +1\n  +2\n");
  });

  it("is one sentence where nothing changes", () => {
    expect(reviewText(aReview([]), plain)).toBe(
      "Nothing differs from the base: nothing would be deployed.\n\n" +
        "Compared with origin/main at 1a2b3c4d5e6f; 9 other stacks are the same.\n",
    );
  });

  it("says when more than the change counts", () => {
    const base = { name: "origin/main", commit: "1a2b3c4d5e6f7a8b9c0d", isTip: true as const };
    expect(reviewText(aReview([], { base, untouched: 1 }), { ...plain, width: 200 })).toContain(
      "; 1 other stack is the same. No common ancestor of both is here, as in a shallow clone: what others have done since",
    );
  });

  it("has room, money and policies without marks of Markdown, and what is less in colour", () => {
    const pool = (max: number) => aFleet({ pools: [aGcpPool({ size: { min: 1, max } })] });
    const of = {
      capacity: capacityReview({ fleet: pool(8) }, pool(6)),
      cost: costReview({ fleet: pool(8) }, pool(6)),
      policies: {
        ...{ today: "2026-11-30", noBefore: null, stacks: ["customer-abc"], findings: [], waivers: [] },
      },
    };
    const review = aReview([aStackReview({ files: [], plan: [], reasons: [] })], of);
    expect(reviewText(review, plain)).toMatchInlineSnapshot(`
      "moves calls
      1 stack changes, and is above what is allowed (new calls only): callers are invited anew:
      some seconds of black video.
      Less room for abc: at most 480 participants instead of 640.
      The ceiling of the cost falls by USD 1,006 a month to 3,486.

      stack         callers notice  Terraform
      customer-abc  moves calls     nothing to do

      Capacity
        participants of mixed meetings  region            at least    at most
        abc                             gcp-europe-west4        80  640 → 480  less room

      Cost
        USD a month    floor  expected                 ceiling
        abc              329       701  4,492 → 3,486 (−1,006)
        acme/eu-burst    162       531  4,285 → 3,279 (−1,006)
        all              329       701  4,492 → 3,486 (−1,006)
        - Floor: nobody comes. Ceiling: an autoscaler stuck at its maximum. A pool is part of
          what its customers cost. Rounded. Prices of 2025-03-06, without taxes and discounts:
          npx fleet cost --explain.

      No policy finds anything in 1 changed stack.

      customer-abc  moves calls

      Whoever has read this admits it with the label allow: moves calls, or with --allow "moves
      calls".
      Compared with origin/main at 1a2b3c4d5e6f; 9 other stacks are the same.
      "
    `);
    const coloured = reviewText(review, { width: 90, paint: pc.createColors(true) });
    expect(coloured).toContain("\u001b[33mabc ");
    expect(coloured).not.toContain("**");
  });
});
