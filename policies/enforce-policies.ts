import { Annotations, Aspects, TerraformElement, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { Waiver } from "../model/schema/waiver";
import { finishStack } from "./finish-stack";
import { judgeStack } from "./judge-stack";
import type { FinishedStack, Resource } from "./policy";

export interface Enforced extends Pick<FinishedStack, "files" | "allowDestroys"> {
  /** Of the account. A waived finding stops nothing, and stays in the manifest as a note. @default none */
  readonly waivers?: readonly Waiver[];
}

/**
 * Judges a stack when it is synthesized. Each finding becomes an error annotation, so nothing is written for the stack.
 *
 * It is attached to each stack, because cdktf never calls aspects of the app, and visits the stack only: policies look
 * at the finished Terraform, where no escape hatch hides anything.
 */
export function enforcePolicies(stack: TerraformStack, { waivers = [], ...subject }: Enforced): void {
  Aspects.of(stack).add({
    visit(node) {
      if (node !== stack) return;
      const constructs = constructsOf(stack);
      const finished = finishStack({
        id: stack.node.id,
        terraform: stack.toTerraform() as Readonly<Record<string, unknown>>,
        labelArgumentOf: ({ type, address }) => labelArgument(type, constructs.get(address)),
        ...subject,
      });
      for (const { rule, on, file, message, waiver } of judgeStack(finished, waivers)) {
        const annotations = Annotations.of((on && constructs.get(on.address)) ?? stack);
        const part = on?.address ?? file;
        const where = part === undefined ? "" : `${part}: `;
        if (waiver) {
          annotations.addInfo(
            `${where}${message} (${rule} is waived until ${waiver.until} by ${waiver.owner}: ${waiver.reason})`,
          );
        } else annotations.addError(`${where}${message} [${rule}]`);
      }
    },
  });
}

function constructsOf(stack: TerraformStack): ReadonlyMap<Resource["address"], IConstruct> {
  const constructs = new Map<string, IConstruct>();
  for (const node of stack.node.findAll()) {
    if (TerraformElement.isTerraformElement(node) && "terraformResourceType" in node) {
      constructs.set(`${String(node.terraformResourceType)}.${node.friendlyUniqueId}`, node);
    }
  }
  return constructs;
}

/**
 * The argument of a resource that takes our labels; undefined when it takes none. cli/policy/label-argument.ts says the same
 * by the schemas, of what is written.
 *
 * The bindings are made from the providers' schemas and have an input for each argument, so no list of types can grow
 * stale here. `user_labels` comes first: where a type has both, as notification channels do, its `labels` are settings.
 */
export function labelArgument(type: string, construct: object = {}): string | undefined {
  if (type.startsWith("linode_")) return "tagsInput" in construct ? "tags" : undefined;
  if ("userLabelsInput" in construct) return "user_labels";
  // The labels of a metric descriptor declare dimensions; a map of labels is set from a map.
  return "effectiveLabels" in construct ? "labels" : undefined;
}
