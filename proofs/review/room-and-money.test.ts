import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ReviewedRepository } from "./reviewed-repository";

let repository: ReviewedRepository;
beforeEach(() => {
  repository = new ReviewedRepository();
});
afterEach(() => repository.close());

describe("fleet review, on room and money", () => {
  it("has room and money before and after; of prices alone, though no stack changes", () => {
    const pool = "acme/pools/eu-burst.yaml";
    const path = join(repository.folder, "accounts", pool);
    writeFileSync(path, readFileSync(path, "utf8").replace("max: 8", "max: 12"));
    repository.synth();
    const raised = repository.review();
    expect([raised.code, raised.result.problem]).toEqual([0, undefined]);
    const { capacity, cost, policies } = raised.result;
    // Four bridges for 80 participants each, beside 240 at Linode.
    expect(capacity!.customers[0]!.shapes[0]).toMatchObject({
      ...{ shape: "mixed", before: { alone: { max: 880 } }, after: { alone: { max: 1200 } } },
    });
    expect(cost!.pools[0]).toMatchObject({ name: "acme/eu-burst", difference: { floor: 0, expected: 0 } });
    // Machines, disks, addresses and the metric are 648.13 of it, the rest is traffic.
    expect(cost!.total.difference!.ceiling).toBeGreaterThan(648.13);
    expect(policies).toMatchObject({ noBefore: null, findings: [], waivers: [] });
    expect(policies!.stacks).toContain("bridges-acme-eu-burst");

    repository.git("checkout", "-q", ".");
    const usd = "usd: { gcp/machine/n2-standard-4: 0.1 }";
    repository.append("defaults.yaml", `prices: { source: a contract, date: "2026-07-01", ${usd} }`);
    const { code, result } = repository.review();
    expect([code, result.stacks, result.accounts]).toEqual([0, [], ["accounts/defaults.yaml"]]);
    // 0.113832 less for 730 hours of the server, 83.10, and of two bridges, a third for 50 of 168 hours: 358.65 - 167.73
    expect(result.cost!.total.difference!.floor).toBe(-274.02);
    expect(result.cost!.byPrices).toEqual(result.cost!.total.difference);
    expect(result.cost!.prices.map(({ price }) => price)).toEqual(["gcp/machine/n2-standard-4/europe-west4"]);
  });

  it("says that there is no before when the base's accounts are of another model, and goes on", () => {
    repository.append("acme/account.yaml", "gone: a field that there was once");
    repository.git("commit", "-q", "-a", "-m", "x");
    const path = join(repository.folder, "accounts/acme/account.yaml");
    writeFileSync(path, readFileSync(path, "utf8").replace(/^gone:.*\n/m, ""));
    const { code, result } = repository.review();
    expect([code, result.outcome, result.stacks]).toEqual([0, "reviewed", []]);
    for (const part of [result.capacity!, result.cost!, result.policies!])
      expect(part.noBefore).toMatch(
        /^The base's accounts cannot be read by what reads them now \(1 problem, the first: accounts\/acme\/account\.yaml:\d+ gone: /,
      );
    expect(result.cost!.total.after.floor).toBeGreaterThan(0);
  });
});
