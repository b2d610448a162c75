import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { KEEPER_PERMISSIONS } from "../../model/keeper-permissions";
import { KEEPER_ROLE_ID } from "../../model/names";

export interface KeeperRoleProps {
  readonly project: string;
  readonly dependsOn: ITerraformDependable[];
}

/** What a keeper may do at Compute Engine, and nothing else. The stacks of the pools' homes give it to their servers. */
export function buildKeeperRole(scope: Construct, { project, dependsOn }: KeeperRoleProps): void {
  new ProjectIamCustomRole(scope, "keeper-role", {
    project,
    roleId: KEEPER_ROLE_ID,
    title: "Fleet keeper",
    description:
      "Reads the groups of bridges, removes a bridge by its name, changes an autoscaler's minimum.",
    permissions: [...KEEPER_PERMISSIONS],
    dependsOn,
  });
}
