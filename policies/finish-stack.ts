import { declaredIn } from "./plain-json";
import type { FinishedStack, Resource } from "./policy";

export interface Unfinished extends Pick<FinishedStack, "id" | "terraform" | "files" | "allowDestroys"> {
  /** The argument of a resource that takes our labels; undefined when it takes none. */
  readonly labelArgumentOf: (resource: Pick<Resource, "type" | "address">) => string | undefined;
}

/** A stack as policies look at it, made of the Terraform that is written. */
export function finishStack({ labelArgumentOf, ...stack }: Unfinished): FinishedStack {
  const resources = declaredIn(stack.terraform["resource"]).flatMap(([type, named]) =>
    named.map(([name, attributes]): Resource => {
      const address = `${type}.${name}`;
      return { type, address, attributes, labelArgument: labelArgumentOf({ type, address }) };
    }),
  );
  return { ...stack, resources };
}
