import { AnnotationMetadataEntryType, GcsBackend, Testing, TerraformStack } from "cdktf";
import { enforcePolicies } from "../../policies/enforce-policies";

export interface Judged {
  readonly files?: ReadonlyMap<string, string>;
  readonly allowDestroys?: boolean;
  /** false: a stack without a backend. */
  readonly backend?: boolean;
  /** Of its state. @default "bucket" */
  readonly bucket?: string;
}

/** What all policies together say about a stack: `construct path: message` of each error annotation. */
export function policyFindings(build: (stack: TerraformStack) => void, judged: Judged = {}): string[] {
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
