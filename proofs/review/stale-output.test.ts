import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReviewedRepository } from "./reviewed-repository";

let repository: ReviewedRepository;
beforeEach(() => {
  repository = new ReviewedRepository();
});
afterEach(() => repository.close());

describe("fleet review, on output that is not what the accounts say", () => {
  it("does not take stale output for no change where the base has no accounts, or had them elsewhere", () => {
    const before = mkdtempSync(join(tmpdir(), "fleet-review-before-"));
    try {
      cpSync(join(repository.folder, "synthesized"), join(before, "synthesized"), { recursive: true });
      repository.append("acme/customers/abc.yaml", "jicofo: { maxParticipantsPerBridge: 40 }");
      const { code, result } = repository.review("--base-dir", before);
      expect([code, result.outcome, result.isAllowed]).toEqual([1, "refused", false]);
      expect(result.problem).toContain("synthesized/stacks/customer-abc/files/server/etc/fleet/jicofo.env");
    } finally {
      rmSync(before, { recursive: true });
    }
  });

  it("does not call it cheaper that a file is gone and its stack is not, which would run on", () => {
    rmSync(join(repository.folder, "accounts/acme/pools/nl-static.yaml"));
    const { code, result } = repository.review();
    expect([code, result.outcome, result.cost]).toEqual([1, "refused", null]);
    expect(result.problem).toMatch(
      /^synthesized\/ has bridges-acme-nl-static, .*`npm run synth`.*`retired:`/,
    );
  });
});
