import { POLICY_IDS } from "../../model/policy-ids";
import { ALL_POLICIES } from "../../policies/all-policies";
import { finishStack } from "../../policies/finish-stack";
import { judgeStack } from "../../policies/judge-stack";
import { PLANTED, type Planted, terraformOf } from "../builders/planted-violations";

const findings = (policy: string, tree: Planted["broken"], files: Readonly<Record<string, string>> = {}) =>
  judgeStack(
    finishStack({
      id: "customer-abc",
      terraform: terraformOf(tree),
      files: new Map(Object.entries(files)),
      allowDestroys: false,
      labelArgumentOf: ({ type }) => (type === "google_compute_disk" ? "labels" : undefined),
    }),
    [],
  )
    .filter(({ rule }) => rule === policy)
    .map(({ message }) => message);

describe("the pack of policies", () => {
  it("has the ids that waivers may name, sorted", () => {
    expect(ALL_POLICIES.map(({ id }) => id)).toEqual(POLICY_IDS);
    expect([...POLICY_IDS].sort()).toEqual(POLICY_IDS);
  });

  it.each(ALL_POLICIES.map((policy) => [policy.id, policy] as const))(
    "says in sentences what holds, why and what to do: %s",
    (_, { rule, reason, fix }) => {
      for (const text of [rule, reason, fix]) expect(text).toMatch(/^[A-Za-z][^]{10,}\.$/);
      expect(PLANTED).toHaveProperty([_]);
    },
  );

  it.each(
    Object.entries(PLANTED).flatMap(([policy, all]) =>
      all.map((planted) => [policy, planted.says, planted] as const),
    ),
  )("finds what is planted, and nothing once it is mended: %s, %s", (policy, says, planted) => {
    const found = findings(policy, planted.broken, planted.files);
    expect(found).toEqual([expect.stringContaining(says)]);
    expect(found[0]!.split("; ").length).toBeGreaterThan(1); // and why, and what to do
    expect(findings(policy, planted.mended, planted.mendedFiles)).toEqual([]);
  });
});
