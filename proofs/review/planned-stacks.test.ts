import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { classes, ReviewedRepository } from "./reviewed-repository";

let repository: ReviewedRepository;
beforeEach(() => {
  repository = new ReviewedRepository();
});
afterEach(() => repository.close());

describe("fleet review, on what stacks become", () => {
  it("plans what changed and nothing else, once it is synthesized; --allow admits it", () => {
    repository.append("acme/customers/abc.yaml", "jicofo: { maxParticipantsPerBridge: 40 }");
    const stale = repository.review();
    expect([stale.code, stale.result.outcome, stale.result.isAllowed]).toEqual([1, "refused", false]);
    expect(stale.result.problem).toContain(
      "synthesized/stacks/customer-abc/files/server/etc/fleet/jicofo.env",
    );

    repository.synth();
    const { code, result, err } = repository.review();
    expect([code, err]).toEqual([1, ""]);
    expect(result).toMatchObject({
      outcome: "reviewed",
      base: { name: "HEAD", commit: repository.git("rev-parse", "HEAD").trim() },
      notice: "moves calls",
      allowed: "new calls only",
      accounts: ["accounts/acme/customers/abc.yaml"],
      untouched: 3,
    });
    expect(classes(result)).toEqual({ "customer-abc": "changed: moves calls" });
    expect(result.stacks[0]!.plan).toEqual([
      {
        ...{
          address: "google_compute_instance.server",
          action: "update",
          createFirst: false,
          replacePaths: [],
        },
        changes: [{ attribute: "metadata.fleet-files", before: "(files)", after: "(files)" }],
      },
    ]);
    expect(repository.review("--allow", "moves-calls")).toMatchObject({
      code: 0,
      result: { isAllowed: true },
    });
  });

  it("rebuilds a base that reads secrets which people made", () => {
    repository.append("acme/customers/abc.yaml", "certificate: { secret: abc-certificate }");
    repository.commit();
    repository.append("acme/customers/abc.yaml", "snapshots: { retentionDays: 30 }");
    repository.synth();
    expect(repository.review()).toMatchObject({ code: 0, result: { notice: "none" } });
  });

  it("plans an account that is new, with all that is in it", () => {
    cpSync("accounts/globex", join(repository.folder, "accounts/globex"), { recursive: true });
    repository.synth();
    const { code, result } = repository.review();
    expect([code, result.problem]).toEqual([0, undefined]);
    expect(classes(result)).toEqual({
      "account-globex": "added: none",
      "customer-xyz": "added: new calls only",
      "customer-xyz-europe": "added: new calls only",
      "bridges-globex-eu-burst": "added: new calls only",
      "bridges-globex-us-burst": "added: new calls only",
      "bridges-globex-us-static": "added: new calls only",
    });
    expect(result.stacks.flatMap(({ plan }) => plan).every(({ action }) => action === "create")).toBe(true);
    expect(result.stacks.flatMap(({ opened }) => opened)).toContainEqual({
      ...{ port: "tcp 443", from: "0.0.0.0/0", isPublic: true },
    });
  });

  it("says that a stack is left over which is gone from the output, with objects", () => {
    rmSync(join(repository.folder, "accounts/acme/pools/nl-static.yaml"));
    // Synthesized anew from nothing, nobody refuses it.
    rmSync(join(repository.folder, "synthesized"), { recursive: true });
    repository.synth();
    const { code, result } = repository.review();
    expect(code).toBe(1);
    expect(classes(result)).toEqual({
      "customer-abc": expect.stringMatching(/^changed: /),
      "bridges-acme-nl-static": "removed: interrupts calls",
    });
    expect(result.stacks.at(-1)!.reasons[0]!.says).toMatch(/left over/);
  });
});
