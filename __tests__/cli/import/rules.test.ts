import { ANSIBLE_RULES } from "../../../cli/import/ansible-rules";
import { problemOfValue } from "../../../cli/import/check-value";
import { isTaken, normalized, type Rule, ruleFor } from "../../../cli/import/rule";
import { TERRAGRUNT_RULES } from "../../../cli/import/terragrunt-rules";

const TABLES: readonly (readonly [string, "gcp" | "linode", readonly Rule[]])[] = [
  ["ANSIBLE_RULES", "linode", ANSIBLE_RULES],
  ["TERRAGRUNT_RULES", "gcp", TERRAGRUNT_RULES],
];

describe.each(TABLES)("%s", (_, cloud, rules) => {
  it("names each variable once, as it is compared", () => {
    const names = rules.flatMap((rule) => rule.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => normalized(name) !== name)).toEqual([]);
  });

  it("leads to fields that the model has", () => {
    const targets = rules
      .filter(isTaken)
      .flatMap((rule) => (rule.elsewhere ? [rule, rule.elsewhere] : [rule]));
    for (const { owner, field } of targets.filter((target) => target.field !== "network"))
      expect(() => problemOfValue(owner, cloud, field, null)).not.toThrow();
  });
});

describe("ruleFor", () => {
  const fieldOf = (name: string): string | undefined => {
    const rule = ruleFor(name, TERRAGRUNT_RULES)?.rule;
    return rule && isTaken(rule) ? rule.field : rule?.dropped;
  };

  it.each([
    ["machineType", "machineType"],
    ["machine-type", "machineType"],
    ["autoscaler.max_replicas", "size.max"],
    ["jitsi_shards[0].machineType", "server.machineType"],
    ["jitsi_shards[1].machineType", "a customer has one server"],
    ["autoscaling_cpu[0].target", "scaling.targetCpu"],
    ["jibri_count", "recording is not part of this project"],
    ["my_machine_type_of_old", undefined],
  ])("finds for %s: %s", (name, field) => expect(fieldOf(name)).toBe(field));
});
