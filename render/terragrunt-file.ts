export interface TerragruntInput {
  /** The YAML file that the stack is made from, from the repository's root. */
  readonly source: string;
  /** Ids of the stacks that come before this one, in directories beside its own. */
  readonly after: readonly string[];
  /** Whether a destroy may take the stack as it is. */
  readonly allowDestroys: boolean;
}

/**
 * terragrunt.hcl of a stack's directory: its place in the order, and a guard. State, providers and variables are those of
 * cdk.tf.json, so there is no `remote_state`, no `generate` and no `terraform.source`.
 */
export function renderTerragruntFile({ source, after, allowDestroys }: TerragruntInput): string {
  const order =
    after.length === 0
      ? []
      : ["", "dependencies {", "  paths = [", ...after.map((id) => `    "../${id}",`), "  ]", "}"];
  const guard = allowDestroys
    ? []
    : [
        "",
        "# What is destroyed stands in the data, so `run --all destroy` stops here.",
        "prevent_destroy = true",
      ];
  return [
    `# Made of ${source} by synth; edits are lost.`,
    "# For those who use Terragrunt: which stacks come before this one. State, providers and all else stand in cdk.tf.json.",
    "# See docs/neighbours.md.",
    ...order,
    ...guard,
    "",
  ].join("\n");
}
