import type { Policy, Resource } from "./policy";

const FIX = "make it in model/names.ts from ids alone";

export const checkNames: Policy = {
  id: "names",
  rule: "Names are the same in every run and known in every plan.",
  reason: "Other stacks go by them, and a name that changes replaces what has it.",
  fix: "Make names in model/names.ts from ids alone.",
  check: ({ resources }) =>
    resources.flatMap((on) => problemsOf(on).map((problem) => ({ on, message: `${problem}; ${FIX}` }))),
};

function problemsOf({ type, attributes }: Resource): string[] {
  const problems = [];
  if (type.startsWith("random_")) problems.push("a random resource names things anew in every account");
  if (attributes["name_prefix"] !== undefined) problems.push("name_prefix leaves the name to the provider");
  for (const key of ["name", "label", "secret_id", "account_id"]) {
    if (/\$\{[^}]*(?:uuid|timestamp|random_|md5|sha)/.test(String(attributes[key] ?? ""))) {
      problems.push(`${key} "${String(attributes[key])}" differs from run to run`);
    }
  }
  return problems;
}
