import { deployOrder } from "../../rollout/stack-order";
import { differingFiles } from "../deploy/stack-files";
import type { ChangeKind } from "./before-and-after";
import { type Output, stackDirectory } from "./output";

/** A stack whose files are not the same in two outputs. */
export interface ChangedStack {
  readonly stack: string;
  readonly change: ChangeKind;
}

/** Stacks of which any file is new, gone or different, in the order of a deploy. */
export function changedStacks(base: Output, head: Output): ChangedStack[] {
  const ids = deployOrder([...new Set([...base.stacks.keys(), ...head.stacks.keys()])]);
  return ids.flatMap((stack): ChangedStack[] => {
    if (!base.stacks.has(stack)) return [{ stack, change: "added" }];
    if (!head.stacks.has(stack)) return [{ stack, change: "removed" }];
    const differing = differingFiles(stackDirectory(base, stack), stackDirectory(head, stack));
    return differing.length > 0 ? [{ stack, change: "changed" }] : [];
  });
}
