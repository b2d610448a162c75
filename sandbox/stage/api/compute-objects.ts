import type { Autoscaler } from "../autoscaler";
import type { InstanceGroup } from "../instance-group";
import type { Machine } from "../machine";
import type { PoolObjects, TemplateObject } from "../pool-objects";
import type { StageClock } from "../stage-clock";

const API = "https://www.googleapis.com/compute/v1";

/** The stage's objects in the words of Compute Engine's API. */
export class ComputeObjects {
  constructor(
    private readonly pool: PoolObjects,
    private readonly clock: StageClock,
  ) {}

  get project(): string {
    return `${API}/projects/${this.pool.project}`;
  }

  get region(): string {
    return `${this.project}/regions/${this.pool.region}`;
  }

  templateLink = (name: string): string => `${this.region}/instanceTemplates/${name}`;
  groupLink = (name: string): string => `${this.region}/instanceGroupManagers/${name}`;
  instanceLink = ({ name, options: { zone } }: Machine): string =>
    `${this.project}/zones/${zone}/instances/${name}`;

  group({ object, target, template, machines }: InstanceGroup): object {
    const actions = [...machines.values()].map(({ action }) => action);
    const count = (action: string): number => actions.filter((each) => each === action).length;
    return {
      kind: "compute#instanceGroupManager",
      name: object.name,
      baseInstanceName: object.baseInstanceName,
      region: this.region,
      selfLink: this.groupLink(object.name),
      instanceGroup: `${this.region}/instanceGroups/${object.name}`,
      instanceTemplate: this.templateLink(template.name),
      versions: [{ instanceTemplate: this.templateLink(template.name), targetSize: { calculated: target } }],
      targetSize: target,
      currentActions: {
        none: count("NONE"),
        creating: count("CREATING"),
        creatingWithoutRetries: 0,
        verifying: count("VERIFYING"),
        recreating: count("RECREATING"),
        deleting: count("DELETING"),
        abandoning: 0,
        restarting: 0,
        refreshing: 0,
      },
      status: { isStable: actions.every((action) => action === "NONE") },
      listManagedInstancesResults: object.listManagedInstancesResults,
      updatePolicy: { type: "OPPORTUNISTIC", instanceRedistributionType: "NONE", minimalAction: "REPLACE" },
    };
  }

  managedInstance(machine: Machine): object {
    const { name, template, action, status, options } = machine;
    return {
      name,
      id: options.id,
      instance: this.instanceLink(machine),
      currentAction: action,
      instanceStatus: status,
      version: { instanceTemplate: this.templateLink(template.name) },
    };
  }

  instance(machine: Machine): object {
    const { name, template, status, options, createdAt } = machine;
    return {
      kind: "compute#instance",
      id: options.id,
      name,
      creationTimestamp: new Date(this.clock.wall(createdAt)).toISOString(),
      status,
      zone: `${this.project}/zones/${options.zone}`,
      selfLink: this.instanceLink(machine),
      machineType: `${this.project}/zones/${options.zone}/machineTypes/${template.machineType}`,
      labels: template.labels,
      networkInterfaces: [{ name: "nic0", networkIP: options.address }],
    };
  }

  autoscaler({ name, policy, recommendedSize }: Autoscaler, group: InstanceGroup): object {
    return {
      kind: "compute#autoscaler",
      name,
      region: this.region,
      selfLink: `${this.region}/autoscalers/${name}`,
      target: this.groupLink(group.object.name),
      autoscalingPolicy: policy,
      status: "ACTIVE",
      ...(recommendedSize !== undefined && { recommendedSize }),
    };
  }

  template({ name, machineType, labels }: TemplateObject): object {
    return {
      kind: "compute#instanceTemplate",
      name,
      region: this.region,
      selfLink: this.templateLink(name),
      properties: { machineType, labels },
    };
  }

  operation(name: string, type: string, target: string): object {
    return {
      kind: "compute#operation",
      name,
      operationType: type,
      targetLink: target,
      status: "DONE",
      progress: 100,
      region: this.region,
      selfLink: `${this.region}/operations/${name}`,
    };
  }
}
