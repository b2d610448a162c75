import { capacityReview } from "../../../cli/review/capacity-review";
import { costReview } from "../../../cli/review/cost-review";
import type { PolicyReview } from "../../../cli/review/policy-review";
import { reviewMarkdown } from "../../../cli/review/review-markdown";
import type { Fleet } from "../../../model/fleet";
import { aCustomer, aFleet, aGcpPool } from "../../builders/fleet";
import { aReview, aStackReview } from "../../builders/review-result";

const NO_FINDING: PolicyReview = {
  ...{ today: "2026-11-30", noBefore: null, stacks: ["customer-abc"], findings: [], waivers: [] },
};
/** What a review says of two fleets. */
const between = (before: Fleet, after: Fleet, policies: PolicyReview = NO_FINDING) => ({
  capacity: capacityReview({ fleet: before }, after),
  cost: costReview({ fleet: before }, after),
  policies,
});
const finding = (overrides: Partial<PolicyReview["findings"][number]> = {}) => ({
  ...{ rule: "snapshots", stack: "customer-abc", address: null, file: null, on: "customer-abc" },
  ...{ message: "no schedule for <disk>", waiver: null, isNew: true, ended: null },
  ...overrides,
});
const pool = (max: number): Fleet => aFleet({ pools: [aGcpPool({ size: { min: 1, max } })] });

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

      Whoever has read this admits it with the label \`allow: moves calls\`, or with \`--allow "moves calls"\`.

      Planned with Terraform against \`origin/main at 1a2b3c4d5e6f\`, on pretended clouds; 9 other stacks are the same.
      "
    `);
  });

  it("needs nobody's word up to the allowed class, and then has nothing to do instead", () => {
    const text = reviewMarkdown(aReview([aStackReview()], { allowed: "moves calls" }));
    expect(text).not.toMatch(/person's word|What to do instead|admits it|\*\*moves calls\*\* \|/);
  });

  it("says when only the data moved, and when nothing did", () => {
    expect(reviewMarkdown(aReview([], { accounts: ["accounts/acme/account.yaml"] }))).toContain(
      "## Fleet review: nothing changes\n\n1 file of the accounts changed, and no stack does: nothing would be deployed.",
    );
    const nothing = reviewMarkdown(aReview([]));
    expect(nothing).toContain("Nothing differs from the base");
    expect(nothing).toContain(
      "\nCompared with `origin/main at 1a2b3c4d5e6f`; 9 other stacks are the same.\n",
    );
    expect(nothing).not.toContain("Planned");
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

  it("fits a comment when every one of a thousand customers changes, and shows the highest class first", () => {
    const quiet = Array.from({ length: 1000 }, (_, index) =>
      aStackReview({
        ...{ stack: `customer-number-${index}`, notice: "drains bridges" as const },
        reasons: [{ notice: "drains bridges", says: "x".repeat(200), at: ["a.b"], instead: "Wait." }],
        opened: [{ port: "tcp 443", from: "0.0.0.0/0", isPublic: true }],
      }),
    );
    const last = aStackReview({ stack: "customer-last", notice: "destroys data" });
    const text = reviewMarkdown(aReview([...quiet, last], { notice: "destroys data" }));
    expect(text.length).toBeLessThan(65_536);
    expect(text.split("\n").find((line) => line.startsWith("| `"))).toMatch(/^\| `customer-last` \|/);
    expect(text).toMatch(/961 more stacks/);
    expect(text).toMatch(/and 9\d\d more\)/);
  });

  it("counts the lines of what is made for Grafana, and shows files of services", () => {
    const path = "files/server/etc/fleet/grafana/dashboards/fleet-bridge.json";
    const files = [{ path, change: "changed" as const, diff: [" {", "-1", "+2", "+3"] }];
    const text = reviewMarkdown(aReview([aStackReview({ files })]));
    expect(text).toContain(`\`${path}\`: 2 lines added, 1 removed`);
    expect(text).not.toContain("+3");
  });

  it("counts the files of a stack that is new: nobody knew them before", () => {
    const files = ["files/a", "files/b"].map((path) => ({ path, change: "added" as const, diff: ["+1"] }));
    const text = reviewMarkdown(aReview([aStackReview({ change: "added", files })]));
    expect(text).toContain("\n2 files are new, with 2 lines.\n");
    expect(text).not.toContain("+1");
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

  it("has room and money in the head when they change much, and a section of each", () => {
    const text = reviewMarkdown(aReview([aStackReview({ files: [] })], between(pool(8), pool(6))));
    expect(text.slice(0, text.indexOf("<details>"))).toMatchInlineSnapshot(`
      "<!-- fleet review -->
      ## Fleet review: moves calls

      **Needs a person's word.** 1 stack changes, and is above what is allowed (\`new calls only\`): callers are invited anew: some seconds of black video.

      **Less room for \`abc\`: at most 480 participants instead of 640.** The ceiling of the cost falls by USD 1,006 a month to 3,486.

      | stack | callers notice | Terraform | why |
      | --- | --- | --- | --- |
      | \`customer-abc\` | **moves calls** | 1 to change | Jicofo starts anew |

      ### What to do instead

      - Choose a quiet hour. (\`customer-abc\`)

      ### Capacity

      | participants of mixed meetings | region | at least | at most |  |
      | --- | --- | ---: | ---: | ---: |
      | \`abc\` | gcp-europe-west4 | 80 | **640 → 480** | **less room** |

      ### Cost

      | USD a month | floor | expected | ceiling |
      | --- | ---: | ---: | ---: |
      | \`abc\` | 329 | 701 | 4,492 → 3,486 (−1,006) |
      | \`acme/eu-burst\` | 162 | 531 | 4,285 → 3,279 (−1,006) |
      | all | 329 | 701 | 4,492 → 3,486 (−1,006) |

      - Floor: nobody comes. Ceiling: an autoscaler stuck at its maximum. A pool is part of what its customers cost. Rounded. Prices of 2025-03-06, without taxes and discounts: \`npx fleet cost --explain\`.

      No policy finds anything in 1 changed stack.

      "
    `);
  });

  it("says in one line what stays as it is", () => {
    const text = reviewMarkdown(aReview([aStackReview()], between(pool(8), pool(8))));
    expect(text).toMatch(
      /\n\nNo policy finds anything in 1 changed stack\. Capacity stays as it is\. Cost stays as it is: USD [\d,]+ a month expected, at prices of /,
    );
    expect(text).not.toContain("### Cost");
  });

  it("shows a change of prices alone, though no stack changes", () => {
    const prices = { source: "a contract", date: "2026-07-01", usd: { "gcp/machine": 0.1 } };
    const text = reviewMarkdown(
      aReview([], { accounts: ["accounts/defaults.yaml"], ...between(pool(8), { ...pool(8), prices }) }),
    );
    expect(text).toMatch(/## Fleet review: nothing changes\n\n1 file .*\n\nThe expected cost falls by USD /);
    expect(text).toContain("- **Prices differ**: ");
  });

  it("does not call a broken policy a matter of a label, and takes no HTML from people", () => {
    const policies = { ...NO_FINDING, findings: [finding()] };
    const text = reviewMarkdown(
      aReview([aStackReview({ notice: "none" })], {
        isAllowed: false,
        ...between(pool(8), pool(8), policies),
      }),
    );
    expect(text).not.toContain("person's word");
    expect(text).toContain(
      "## Fleet review: a policy is broken; no caller notices\n\n**Not allowed.** 1 stack changes: ",
    );
    expect(text).toContain(
      "**1 finding of the policies has no waiver: mend it; no allowed class admits it.**",
    );
    expect(text).toContain(
      "### Policies\n\n- **Not allowed, new, no waiver**: `customer-abc` `snapshots`: no schedule for &lt;disk>.",
    );
  });

  it("says that a label does not admit what the policies find", () => {
    const policies = { ...NO_FINDING, findings: [finding()] };
    const text = reviewMarkdown(
      aReview([aStackReview()], { isAllowed: false, ...between(pool(8), pool(8), policies) }),
    );
    expect(text).toContain("## Fleet review: a policy is broken; moves calls\n\n**Not allowed.** ");
    expect(text).toContain('`--allow "moves calls"`. What the policies find stays not allowed.');
  });

  it("has a heading that says what it means where no caller notices", () =>
    expect(reviewMarkdown(aReview([aStackReview({ notice: "none" })]))).toContain(
      "## Fleet review: no caller notices\n\n1 stack changes: no caller notices anything.",
    ));

  it("is a comment that GitHub takes when all of 100 customers change, and names the worst", () => {
    const ids = Array.from({ length: 100 }, (_, index) => `a-customer-with-name-${index}`);
    const fleet = (max: number, bootDiskGb: number): Fleet =>
      aFleet({
        customers: ids.map((id) => aCustomer({ id, server: { ...aCustomer().server, bootDiskGb } })),
        pools: ids.map((id, index) =>
          aGcpPool({ id: `pool-${index}`, serves: [id, ids[(index + 1) % 100]!], size: { min: 1, max } }),
        ),
      });
    const stacks = ids.flatMap((id) => [
      aStackReview({
        stack: `customer-${id}`,
        opened: [{ port: "tcp 443", from: "192.0.2.0/24", isPublic: false }],
      }),
      aStackReview({ stack: `bridges-acme-${id}`, notice: "none" }),
    ]);
    const waivers = ids.map((id) => ({
      ...{ account: "acme", rule: "snapshots" as const, on: `customer-${id}`, reason: "x".repeat(500) },
      ...{ owner: "ops@acme.example", until: "2027-01-31", change: "added" as const, before: null },
      ...{ ended: null, findings: 1 },
    }));
    const policies = {
      ...{ ...NO_FINDING, waivers },
      findings: ids.map((id) => finding({ on: `customer-${id}`, message: "y".repeat(2000) })),
    };
    const text = reviewMarkdown(aReview(stacks, between(fleet(8, 20), fleet(6, 30), policies)));
    expect(text.length).toBeLessThan(60_000);
    expect(text).toContain("160 more stacks, **60 of them above what is allowed**: `npx fleet review`.");
    expect(text).toContain("(`customer-a-customer-with-name-0`, ");
    expect(text).toContain(" and 195 more)");
    expect(text).toContain("- 90 more findings, **90 without a waiver**: `npx fleet review --json`.");
    expect(text).toContain("- **90 more waivers**: `npx fleet review --json`.");
    expect(text).toMatch(/- 88 more customers, \*\*88 of them with less room\*\*/);
    expect(text).toMatch(/- 190 more customers and pools, each by USD [\d,.]+ at most/);
    expect(text).toMatch(/Details of \d+ more stacks/);
  });

  it("cuts a reason that is too long for a comment", () => {
    const text = reviewMarkdown(aReview([], { outcome: "refused", problem: "x".repeat(100_000) }));
    expect(text.length).toBeLessThan(60_000);
  });
});
