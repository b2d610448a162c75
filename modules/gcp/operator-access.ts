import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { type ITerraformDependable, TerraformIterator } from "cdktf";
import type { Construct } from "constructs";

export interface OperatorAccessProps {
  readonly project: string;
  /** IAM members such as `group:ops@acme.example`; at least one. */
  readonly operators: readonly string[];
  readonly dependsOn: ITerraformDependable[];
}

/**
 * SSH for people: a tunnel through Identity-Aware Proxy, then a login with their own Google account (OS Login).
 * The right to act as a machine's service account, which the login also asks for, is given in that machine's stack.
 */
export function buildOperatorAccess(
  scope: Construct,
  { project, operators, dependsOn }: OperatorAccessProps,
): void {
  const each = TerraformIterator.fromList([...operators].sort());
  const grant = (id: string, role: string) =>
    new ProjectIamMember(scope, id, { project, forEach: each, role, member: each.value, dependsOn });
  grant("operators-tunnel", "roles/iap.tunnelResourceAccessor");
  grant("operators-login", "roles/compute.osAdminLogin");
}
