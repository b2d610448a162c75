import { Annotations, Aspects, TerraformElement, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { checkAutoscaling } from "./check-autoscaling";
import { checkCertificateVerification } from "./check-certificate-verification";
import { checkDataSources } from "./check-data-sources";
import { checkImages } from "./check-images";
import { checkLabels } from "./check-labels";
import { checkLinodeReplacement } from "./check-linode-replacement";
import { checkNames } from "./check-names";
import { checkOpenPorts } from "./check-open-ports";
import { checkOtherStacks } from "./check-other-stacks";
import { checkProtection } from "./check-protection";
import { checkRuleTargets } from "./check-rule-targets";
import { checkSecrets } from "./check-secrets";
import { checkStateBackend } from "./check-state-backend";
import type { Attributes, FinishedStack, Policy, Resource } from "./policy";

const POLICIES: readonly Policy[] = [
  checkAutoscaling,
  checkCertificateVerification,
  checkDataSources,
  checkImages,
  checkLabels,
  checkLinodeReplacement,
  checkNames,
  checkOpenPorts,
  checkOtherStacks,
  checkProtection,
  checkRuleTargets,
  checkSecrets,
  checkStateBackend,
];

/**
 * Judges a stack when it is synthesized. Each finding becomes an error annotation, so nothing is written for the stack.
 *
 * It is attached to each stack, because cdktf never calls aspects of the app, and visits the stack only: policies look
 * at the finished Terraform, where no escape hatch hides anything.
 */
export function enforcePolicies(
  stack: TerraformStack,
  subject: Pick<FinishedStack, "files" | "allowDestroys">,
): void {
  Aspects.of(stack).add({
    visit(node) {
      if (node !== stack) return;
      const finished = finish(stack, subject);
      for (const policy of POLICIES) {
        for (const { on, message } of policy(finished)) {
          const where = on ? `${on.address}: ` : "";
          Annotations.of(on?.construct ?? stack).addError(where + message);
        }
      }
    },
  });
}

type Section = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

function finish(
  stack: TerraformStack,
  subject: Pick<FinishedStack, "files" | "allowDestroys">,
): FinishedStack {
  const terraform = stack.toTerraform() as Readonly<Record<string, unknown>>;
  const constructs = new Map<string, IConstruct>();
  for (const node of stack.node.findAll()) {
    if (TerraformElement.isTerraformElement(node) && "terraformResourceType" in node) {
      constructs.set(`${String(node.terraformResourceType)}.${node.friendlyUniqueId}`, node);
    }
  }
  const resources = Object.entries((terraform["resource"] ?? {}) as Section).flatMap(([type, named]) =>
    Object.entries(named).map(([name, attributes]): Resource => {
      const address = `${type}.${name}`;
      return { type, address, attributes, construct: constructs.get(address) ?? stack };
    }),
  );
  return { id: stack.node.id, terraform, resources, ...subject };
}
