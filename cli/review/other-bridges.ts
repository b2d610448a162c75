import type { StackChange } from "../../review/verdict";
import { servedCustomers } from "../../review/served-customers";
import { readStack } from "../../sandbox/workspace/stack-configuration";
import { type Output, stackDirectory } from "./output";

/**
 * Whether a customer has bridges in another stack, in the base and in the head: what only the head has may not be there
 * yet when this stack is deployed. Reads the other stacks only when it is asked.
 */
export function otherBridges(stack: string, base: Output, head: Output): StackChange["hasOtherBridges"] {
  const others = (output: Output): string[] => [...output.stacks.keys()].filter((id) => id !== stack);
  const servedBy = (output: Output, id: string): string[] =>
    servedCustomers(id, readStack(stackDirectory(output, id)).resource ?? {});
  return (customer = stack.replace(/^customer-/, "")) =>
    others(head).some(
      (id) =>
        base.stacks.has(id) && servedBy(head, id).includes(customer) && servedBy(base, id).includes(customer),
    );
}
