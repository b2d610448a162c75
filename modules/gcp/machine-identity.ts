import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { TerraformIterator } from "cdktf";
import type { Construct } from "constructs";

export interface MachineIdentityProps {
  readonly project: string;
  /** 6 to 30 characters, unique in the project. */
  readonly accountId: string;
  readonly displayName: string;
  /** IAM members who may log in to the machine, such as `group:ops@acme.example`. May be empty. */
  readonly operators: readonly string[];
}

/**
 * What a machine runs as: it may write metrics and logs, and whoever logs in may act as it.
 *
 *   operators --> service account --> metrics, logs
 */
export function buildMachineIdentity(scope: Construct, props: MachineIdentityProps): ServiceAccount {
  const { project, accountId, displayName, operators } = props;
  const account = new ServiceAccount(scope, "identity", { accountId, displayName });

  const grant = (id: string, role: string) =>
    new ProjectIamMember(scope, id, { project, role, member: account.member });
  grant("metric-writer", "roles/monitoring.metricWriter");
  grant("log-writer", "roles/logging.logWriter");

  if (operators.length > 0) {
    const each = TerraformIterator.fromList([...operators].sort());
    new ServiceAccountIamMember(scope, "operators", {
      serviceAccountId: account.name,
      role: "roles/iam.serviceAccountUser",
      forEach: each,
      member: each.value,
    });
  }
  return account;
}
