import { POLICY_IDS } from "../../model/policy-ids";
import { ALL_POLICIES } from "../../policies/all-policies";
import { finishStack } from "../../policies/finish-stack";
import { judgeStack } from "../../policies/judge-stack";
import type { Attributes } from "../../policies/policy";
import { FORMS } from "../builders/json-forms";
import { PLANTED } from "../builders/planted-violations/all-planted";
import { type PlantedStack, terraformOf } from "../builders/planted-violations/planted-stack";

const findings = (
  policy: string,
  tree: PlantedStack["broken"],
  files: Readonly<Record<string, string>> = {},
  form: (terraform: Attributes) => Attributes = (terraform) => terraform,
) =>
  judgeStack(
    finishStack({
      id: "customer-abc",
      terraform: form(terraformOf(tree)),
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
    (id, { rule, reason, fix }) => {
      for (const text of [rule, reason, fix]) expect(text).toMatch(/^[A-Za-z][^]{10,}\.$/);
      expect(PLANTED).toHaveProperty([id]);
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

  describe.each(Object.entries(FORMS))("finds the same in another form of Terraform's JSON: %s", (_, form) =>
    it.each(Object.entries(PLANTED))("%s", (policy, all) => {
      for (const { broken, mended, files, mendedFiles } of all) {
        expect(findings(policy, broken, files, form)).toEqual(findings(policy, broken, files));
        expect(findings(policy, mended, mendedFiles, form)).toEqual([]);
      }
    }),
  );

  const machines = Object.entries(PLANTED).flatMap(([policy, all]) =>
    all
      .filter(({ broken }) => Object.keys(broken).join() === "google_compute_instance")
      .map((planted) => [policy, planted.says, planted] as const),
  );

  it.each(machines)("finds it in everything that machines are made of: %s, %s", (policy, says, planted) => {
    const isOfServers = policy === "protection" || policy === "alarms";
    for (const type of [
      "google_compute_instance_from_template",
      "google_compute_instance_from_machine_image",
      ...(isOfServers ? [] : ["google_compute_instance_template", "google_compute_region_instance_template"]),
    ]) {
      const of = ({ google_compute_instance: machine }: PlantedStack["broken"]) => ({ [type]: machine! });
      expect(findings(policy, of(planted.broken))).toEqual([expect.stringContaining(says)]);
    }
  });
});
