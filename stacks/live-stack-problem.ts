import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { DnsManagedZone } from "@cdktf/provider-google/lib/dns-managed-zone";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set";
import { SecretManagerSecretVersion } from "@cdktf/provider-google/lib/secret-manager-secret-version";
import { Instance } from "@cdktf/provider-linode/lib/instance";
import { DefaultTokenResolver, StringConcat, TerraformResource, Tokenization } from "cdktf";
import { contains, parseIpv4Network } from "../model/ipv4-network";
import type { WrittenStack } from "../rollout/written-stack";
import type { FleetStack } from "./fleet-stack";
import type { RenderedTerraform } from "./trim-terraform";

/** What carries calls in a bridges stack, one for each cloud. */
const MACHINES = ["google_compute_region_instance_group_manager", "linode_instance"];

const PROBLEMS = [
  otherCloud,
  lostProtection,
  smallerSubnet,
  otherZone,
  lostPlacement,
  skippedRotation,
  otherLinodeRegion,
  otherLinodeType,
  severalRebuilt,
];

/**
 * Why a stack may not be written over what an earlier synth wrote, `what is wrong; what to do`: a plan would destroy
 * what runs, although the data did not say so. What shows before the stack is built, `judgeWritten` finds.
 */
export function liveStackProblem(stack: FleetStack, written: WrittenStack): string | undefined {
  for (const problemOf of PROBLEMS) {
    const problem = problemOf(stack, written);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const resourcesOf = (stack: FleetStack): TerraformResource[] =>
  stack.node.children.filter((child) => TerraformResource.isTerraformResource(child));

const addressOf = (resource: TerraformResource): string =>
  `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;

function otherCloud(stack: FleetStack, { resources }: WrittenStack): string | undefined {
  const machines = MACHINES.find((type) => resources.some((address) => address.startsWith(`${type}.`)));
  if (machines === undefined) return undefined;
  if (resourcesOf(stack).some(({ terraformResourceType }) => terraformResourceType === machines))
    return undefined;
  return (
    `it runs ${machines}, and ${stack.source} now asks for another cloud, so that all of it would be destroyed; ` +
    "put the cloud back, add a pool with a new name, and retire this one when that is up"
  );
}

/** Terraform forgets `prevent_destroy` together with the resource that has it, and would destroy it without a word. */
function lostProtection(stack: FleetStack, written: WrittenStack): string | undefined {
  const declared = new Set(resourcesOf(stack).map(addressOf));
  const lost = written.protected.filter((address) => !declared.has(address));
  if (lost.length === 0) return undefined;
  return (
    `it protects ${lost.join(", ")}, which nothing declares any more; put back what does, or set ` +
    `allowDestroys: true in ${stack.source}, deploy ${stack.node.id}, and remove it then`
  );
}

function smallerSubnet(stack: FleetStack, written: WrittenStack): string | undefined {
  for (const subnet of resourcesOf(stack).filter((resource) => resource instanceof ComputeSubnetwork)) {
    const before = writtenText(written, subnet, "ip_cidr_range");
    const after = subnet.ipCidrRangeInput;
    if (before === undefined || after === undefined) continue;
    if (contains(parseIpv4Network(after), parseIpv4Network(before))) continue;
    return (
      `${subnet.friendlyUniqueId} is ${before}, and ${after} does not contain it, so that the subnet would be replaced ` +
      "under the machines in it; name a range that contains the old one"
    );
  }
  return undefined;
}

/** Terraform would take the records out of the old zone first, and nobody would find the customer until the new ones resolve. */
function otherZone(stack: FleetStack, written: WrittenStack): string | undefined {
  const wayOut =
    "name the old one again, and move customers one by one: an account of its own has the new zone, or the customer " +
    "names a hostname that you publish yourself";
  for (const resource of resourcesOf(stack)) {
    const [argument, after] =
      resource instanceof DnsManagedZone
        ? (["dns_name", resource.dnsNameInput] as const)
        : resource instanceof DnsRecordSet
          ? (["managed_zone", resource.managedZoneInput] as const)
          : [];
    const before = argument && writtenText(written, resource, argument);
    if (before === undefined || before === after) continue;
    return `${addressOf(resource)} is in zone ${before}, but the account now names ${after}; ${wayOut}`;
  }
  return undefined;
}

/** Terraform deletes the groups before it takes the machines out of them, and Linode refuses that, again and again. */
function lostPlacement(stack: FleetStack, { resources }: WrittenStack): string | undefined {
  const isGroup = (address: string) => address.startsWith("linode_placement_group.");
  if (!resources.some(isGroup) || resourcesOf(stack).map(addressOf).some(isGroup)) return undefined;
  return (
    `its machines are in placement groups, which Linode does not delete while they are in use, and ${stack.source} now ` +
    "says placement: none; put placement back, or add a pool with a new name and retire this one when that is up"
  );
}

/** A bridge keeps its password for one rotation: two at once, or one back, would lock all of them out. */
function skippedRotation(stack: FleetStack, written: WrittenStack): string | undefined {
  const versions = resourcesOf(stack).find((child) => child instanceof SecretManagerSecretVersion);
  if (!versions) return undefined;
  const before = secretsVersionIn(writtenText(written, versions, "secret_data_wo_version"));
  const declared: unknown = Tokenization.resolve(versions.secretDataWoVersionInput, {
    scope: stack,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
  const after = secretsVersionIn(String(declared));
  if (before === undefined || after === undefined || after === before || after === before + 1)
    return undefined;
  return (
    `secretsVersion goes from ${before} to ${after} in ${stack.source}, which would take the passwords of all bridges ` +
    `that run; write ${before + 1}, deploy, and renew the bridges before it goes up again`
  );
}

/** The number that every rotation raises, in what `buildCustomerSecrets` declares. */
const secretsVersionIn = (versions: string | undefined): number | undefined => {
  const [, version] = /"jicofo-auth-password":([0-9]+)/.exec(versions ?? "") ?? [];
  return version === undefined ? undefined : Number(version);
};

/** Terraform would destroy all machines before it creates the first new one. */
function otherLinodeRegion(stack: FleetStack, written: WrittenStack): string | undefined {
  for (const machine of resourcesOf(stack).filter((resource) => resource instanceof Instance)) {
    const before = writtenText(written, machine, "region");
    const after = machine.regionInput;
    if (before === undefined || before === after) continue;
    return (
      `its machines are in ${before}, and ${stack.source} now says ${after}, so that all of them would be replaced at ` +
      "once; put the region back, add a pool with a new name, and retire this one when that is up"
    );
  }
  return undefined;
}

/** Terraform would stop all machines at once, before the first push could drain one. */
function otherLinodeType(stack: FleetStack, written: WrittenStack): string | undefined {
  const machines = resourcesOf(stack).filter((resource) => resource instanceof Instance);
  const busy = machines.filter((machine) => {
    const before = writtenText(written, machine, "type");
    if (before === undefined || before === machine.typeInput) return false;
    const push = machine.friendlyUniqueId.replace("bridge", "push");
    const triggers = written.arguments.get(`terraform_data.${push}`)?.["triggers_replace"];
    return (triggers as { readonly draining?: unknown } | undefined)?.draining !== true;
  });
  if (busy.length === 0) return undefined;
  return (
    `${stack.source} asks for another type, and Terraform would stop ${busy.map((each) => each.friendlyUniqueId).join(", ")} ` +
    "at once, with the calls on them; put the type back, and set draining: to size, deploy, and change it when their calls " +
    "have ended; or add a pool with a new name, and retire this one when that is up"
  );
}

/** Whatever their order in the plan, Terraform destroys all that it replaces before it creates the first anew. */
function severalRebuilt(stack: FleetStack, written: WrittenStack): string | undefined {
  const rebuilt = resourcesOf(stack)
    .filter(({ friendlyUniqueId }) => /^generation-\d+$/.test(friendlyUniqueId))
    .filter((resource) => {
      const before = written.arguments.get(addressOf(resource))?.["triggers_replace"];
      return before !== undefined && before !== generationOf(resource);
    })
    .map(({ friendlyUniqueId }) => friendlyUniqueId.replace("generation", "bridge"));
  if (rebuilt.length <= 1) return undefined;
  return (
    `${stack.source} asks for new generations of ${rebuilt.join(", ")}, and Terraform would take all of them away ` +
    "before the first is back; raise one, deploy, then raise the next"
  );
}

const generationOf = (resource: TerraformResource): unknown =>
  (resource.toTerraform() as RenderedTerraform).resource?.[resource.terraformResourceType]?.[
    resource.friendlyUniqueId
  ]?.["triggers_replace"];

function writtenText(
  written: WrittenStack,
  resource: TerraformResource,
  argument: string,
): string | undefined {
  const value = written.arguments.get(addressOf(resource))?.[argument];
  return typeof value === "string" ? value : undefined;
}
