import { AnnotationMetadataEntryType, GcsBackend, Testing, TerraformStack } from "cdktf";
import type { PolicyId } from "../../model/policy-ids";
import { enforcePolicies } from "../../policies/enforce-policies";

export interface Judged {
  readonly files?: ReadonlyMap<string, string>;
  readonly allowDestroys?: boolean;
  /** false: a stack without a backend. */
  readonly backend?: boolean;
  /** Of its state. @default "bucket" */
  readonly bucket?: string;
}

/** What one policy says about a stack: `construct path: message` of each error annotation, without the policy's id. */
export const findingsOf =
  (policy: PolicyId) =>
  (build: (stack: TerraformStack) => void, judged: Judged = {}): string[] =>
    findingsOfAll(build, judged)
      .filter((finding) => finding.endsWith(` [${policy}]`))
      .map((finding) => finding.slice(0, -` [${policy}]`.length));

/** What all policies together say: `construct path: message [policy]`. */
function findingsOfAll(build: (stack: TerraformStack) => void, judged: Judged): string[] {
  const stack = new TerraformStack(Testing.app(), "stack");
  if (judged.backend ?? true) new GcsBackend(stack, { bucket: judged.bucket ?? "bucket", prefix: "stack" });
  enforcePolicies(stack, {
    files: judged.files ?? new Map(),
    allowDestroys: judged.allowDestroys ?? false,
  });
  build(stack);
  stack.prepareStack();
  Testing.synth(stack);
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === AnnotationMetadataEntryType.ERROR)
        .map(({ data }) => `${node.path}: ${String(data)}`),
    );
}
