import { CloneRepair } from "../../../cli/clone/clone-repair";
import { accountFiles } from "../../builders/account-files";

/** acme with these customers, each served by both pools, and its copy beta, whose lines before the customers are mended. */
function repairOf(customers: readonly string[], keepsPools = true): CloneRepair {
  const files = new Map<string, Uint8Array>();
  for (const [path, content] of accountFiles()) {
    if (!path.startsWith("accounts/acme/")) {
      files.set(path, Buffer.from(content));
      continue;
    }
    const paths = path.endsWith("/abc.yaml")
      ? customers.map((id) => path.replace("/abc.yaml", `/${id}.yaml`))
      : [path];
    const text = content.toString().replace("serves: [abc]", `serves: [${customers.join(", ")}]`);
    for (const each of paths) {
      files.set(each, Buffer.from(text));
      if (keepsPools || !each.includes("/pools/"))
        files.set(each.replace("/acme/", "/beta/"), Buffer.from(text));
    }
  }
  const repair = new CloneRepair(files, new Set(), new Set(["beta"]));
  for (let [next] = repair.next(); next && next.clash.kind !== "customer-id"; [next] = repair.next())
    repair.fix(next, repair.suggestion(next)!);
  return repair;
}
const pathsOf = (repair: CloneRepair) =>
  [...repair.result.keys()].filter((path) => path.startsWith("accounts/beta/customers/")).sort();

describe("CloneRepair.fixTogether", () => {
  it("gives all customers of a copy ids of their own, and pools follow", () => {
    const repair = repairOf(["abc", "acme-hq", "xyz"]);
    expect(repair.next().map(({ clash }) => clash.value)).toEqual(["abc", "acme-hq", "xyz"]);
    expect(repair.fixTogether(repair.next())).toBe(true);
    expect(repair.next()).toEqual([]);
    expect(pathsOf(repair)).toEqual(
      ["beta-abc", "beta-hq", "beta-xyz"].map((id) => `accounts/beta/customers/${id}.yaml`),
    );
    expect(
      repair.fleet.pools.filter(({ account }) => account === "beta").map(({ serves }) => serves),
    ).toEqual([1, 2].map(() => ["beta-abc", "beta-hq", "beta-xyz"]));
    expect(repair.fixes.filter(({ file }) => file.includes("/pools/"))).toHaveLength(6);
  });

  it("does nothing where two would get one id: by turns, the second gets another", () => {
    const repair = repairOf(["acme-hq", "hq"]);
    const before = [pathsOf(repair), repair.fixes.length];
    expect(repair.fixTogether(repair.next())).toBe(false);
    expect([pathsOf(repair), repair.fixes.length]).toEqual(before);
    expect(repair.fixTogether(repair.next().slice(0, 1))).toBe(true);
    expect(repair.fixTogether(repair.next())).toBe(true);
    expect(pathsOf(repair)).toEqual(
      ["beta-hq-2", "beta-hq"].map((id) => `accounts/beta/customers/${id}.yaml`),
    );
  });

  it("does not hold what the copy lacks against any of the ids", () => {
    const repair = repairOf(["abc", "xyz"], false);
    expect(repair.fixTogether(repair.next())).toBe(true);
    expect(pathsOf(repair)).toHaveLength(2);
  });
});
