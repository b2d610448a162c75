import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { gitBase } from "../../cli/review/git-base";
import type { ReviewResult } from "../../cli/review/review-result";
import { runReview } from "../../cli/review/run-review";
import { loadFleet } from "../../config/load-fleet";
import { PlantedProject } from "./planted-project";
import { classes, ReviewedRepository } from "./reviewed-repository";

let repository: ReviewedRepository;
beforeEach(() => {
  repository = new ReviewedRepository();
});
afterEach(() => repository.close());

describe("fleet review, on findings of the policies", () => {
  it("does not allow a finding without a waiver, and does with one, which it shows", async () => {
    const planted = new PlantedProject();
    const { folder } = repository;
    try {
      const accounts = join(folder, "accounts");
      const review = async (today: string): Promise<ReviewResult> => {
        planted.synth(accounts, join(folder, "synthesized"));
        const loaded = loadFleet(accounts);
        if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
        const into = mkdtempSync(join(planted.folder, "base-"));
        return runReview({
          base: await gitBase("HEAD", folder, accounts, into),
          ...{ fleet: loaded.fleet, accounts, synthesized: join(folder, "synthesized"), today },
          ...{ allowed: "destroys data", project: planted.folder },
          scratch: mkdtempSync(join(planted.folder, "scratch-")),
        });
      };
      const open = await review("2026-11-30");
      expect(open).toMatchObject({ outcome: "reviewed", isAllowed: false });
      expect(classes(open)).toEqual({ "customer-abc": "changed: none" });
      const found = { rule: "snapshots", on: "customer-abc/google_compute_disk.data", isNew: true };
      expect(open.policies!.findings).toMatchObject([{ ...found, waiver: null }]);

      repository.append(
        "acme/account.yaml",
        `waivers:
  - rule: snapshots
    on: customer-abc/google_compute_disk.data
    reason: copied by hand until it goes
    owner: ops@acme.example
    until: "2026-12-31"`,
      );
      const waived = await review("2026-12-31");
      expect(waived).toMatchObject({ isAllowed: true });
      expect(waived.policies).toMatchObject({
        findings: [{ ...found, waiver: { owner: "ops@acme.example", until: "2026-12-31" } }],
        waivers: [{ change: "added", ended: null, findings: 1 }],
      });
      expect(await review("2027-01-01")).toMatchObject({
        isAllowed: false,
        policies: { findings: [{ waiver: null, ended: { until: "2026-12-31" } }] },
      });
    } finally {
      planted.close();
    }
  });
});
