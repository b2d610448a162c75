import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { TerraformIterator } from "cdktf";
import type { Construct } from "constructs";

export interface ProjectServicesProps {
  readonly project: string;
  /** Short names without `.googleapis.com`; sorted here. */
  readonly services: readonly string[];
}

/** The APIs that the account's stacks call. They stay on when the stack goes: others may use them too. */
export function buildProjectServices(
  scope: Construct,
  { project, services }: ProjectServicesProps,
): ProjectService {
  const each = TerraformIterator.fromList([...services].sort().map((name) => `${name}.googleapis.com`));
  return new ProjectService(scope, "services", {
    project,
    forEach: each,
    service: each.value,
    disableOnDestroy: false,
  });
}
