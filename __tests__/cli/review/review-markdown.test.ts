import { reviewMarkdown } from "../../../cli/review/review-markdown";
import { aReview, aStackReview } from "../../builders/review-result";

describe("reviewMarkdown", () => {
  it("has the verdict first, one table, what to do instead, and folds the rest", () => {
    expect(reviewMarkdown(aReview([aStackReview()]))).toMatchInlineSnapshot(`
      "<!-- fleet review -->
      ## Fleet review: moves calls

      **Needs a person's word.** 1 stack changes, and is above what is allowed (\`new calls only\`): callers are invited anew: some seconds of black video.

      | stack | callers notice | Terraform | why |
      | --- | --- | --- | --- |
      | \`customer-abc\` | **moves calls** | 1 to change | Jicofo starts anew |

      ### What to do instead

      - Choose a quiet hour. (\`customer-abc\`)

      <details><summary><code>customer-abc</code>: 1 to change</summary>

      - **moves calls**: Jicofo starts anew – \`/etc/fleet/jicofo.env\`

      \`\`\`
      ~ google_compute_instance.server
          metadata.fleet-files: the files below
      \`\`\`

      \`files/server/etc/fleet/jicofo.env\`

      \`\`\`diff
      -A=1
      +A=2
      \`\`\`

      </details>

      Planned with Terraform against \`origin/main at 1a2b3c4d5e6f\`, on pretended clouds; 9 other stacks are the same.
      "
    `);
  });

  it("needs nobody's word up to the allowed class, and then has nothing to do instead", () => {
    const text = reviewMarkdown(aReview([aStackReview()], { allowed: "moves calls" }));
    expect(text).not.toMatch(/person's word|What to do instead|\*\*moves calls\*\* \|/);
  });

  it("says when only the data moved, and when nothing did", () => {
    expect(reviewMarkdown(aReview([], { accounts: ["accounts/acme/account.yaml"] }))).toContain(
      "## Fleet review: nothing changes\n\n1 file of the accounts changed, and no stack does: nothing would be deployed.",
    );
    expect(reviewMarkdown(aReview([]))).toContain("Nothing differs from the base");
  });

  it("says what a change is good for that no machine gets", () => {
    const review = aStackReview({ notice: "none", reasons: [], plan: [] });
    expect(reviewMarkdown(aReview([review]))).toContain(
      "| `customer-abc` | none | nothing to do | Nothing that runs changes; at most, machines that are made from now on do |",
    );
  });

  it("says what was opened, the whole internet in words", () => {
    const opened = [{ port: "udp 10000", from: "0.0.0.0/0", isPublic: true }];
    expect(reviewMarkdown(aReview([aStackReview({ opened })]))).toContain(
      "| `customer-abc` | udp 10000 | **the whole internet** (`0.0.0.0/0`) |",
    );
  });

  it("tells Terraform's own words where it refuses", () => {
    const text = reviewMarkdown(aReview([aStackReview({ refused: "Error: Instance cannot be destroyed" })]));
    expect(text).toContain("1 to change; **Terraform refuses it**");
    expect(text).toContain("```\nError: Instance cannot be destroyed\n```");
  });

  it("shows a change that several stacks have once", () => {
    const text = reviewMarkdown(aReview([aStackReview(), aStackReview({ stack: "customer-xyz" })]));
    expect(text.match(/\+A=2/g)).toHaveLength(1);
    expect(text).toContain("`files/server/etc/fleet/jicofo.env`: as in `customer-abc`");
  });

  it("cuts long diffs and leaves details out that a comment has no room for", () => {
    const diff = Array.from({ length: 100 }, (_, line) => `+${line} ${"x".repeat(500)}`);
    const stacks = Array.from({ length: 20 }, (_, number) =>
      aStackReview({
        stack: `customer-c${number}`,
        files: [{ path: `files/${number}`, change: "added", diff: [...diff, `+${number}`] }],
      }),
    );
    const text = reviewMarkdown(aReview(stacks));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("… 76 more lines");
    expect(text).toMatch(/Details of \d+ more stacks: `npx fleet review`\./);
  });

  it("counts the lines of what is made for Grafana, and shows files of services", () => {
    const path = "files/server/etc/fleet/grafana/dashboards/fleet-bridge.json";
    const files = [{ path, change: "changed" as const, diff: [" {", "-1", "+2", "+3"] }];
    const text = reviewMarkdown(aReview([aStackReview({ files })]));
    expect(text).toContain(`\`${path}\`: 2 lines added, 1 removed`);
    expect(text).not.toContain("+3");
  });

  it("keeps a diff with a fence of its own in one piece", () => {
    const files = [{ path: "a.md", change: "added" as const, diff: ["+```", "+x", "+```"] }];
    expect(reviewMarkdown(aReview([aStackReview({ files })]))).toContain("````diff\n+```\n+x\n+```\n````");
  });

  it("says why there is no review", () => {
    const text = reviewMarkdown(
      aReview([], { outcome: "refused", problem: "synthesized/ is old", isAllowed: false }),
    );
    expect(text).toContain("## Fleet review: not possible\n\n```\nsynthesized/ is old\n```");
  });
});
