import { Testing, type TerraformStack } from "cdktf";

/** A stack's Terraform as it is written; as loose as JSON is. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- assertions look into any resource
export type Terraform = Record<string, any>;

/** Terraform of what `build` declares in an empty stack. No policies, no backend. */
export const terraformOf = (build: (stack: TerraformStack) => void): Terraform =>
  JSON.parse(Testing.synthScope((scope) => build(scope as TerraformStack))) as Terraform;
