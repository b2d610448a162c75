import { codeOf, firstOf } from "./review-part";
import type { StackReview } from "./review-result";

/** Ports, and stacks of each, that the head of a review names. */
const NAMED = 3;

/**
 * For the head of a review: a sentence when something that was there before is opened to the whole internet. What a new
 * stack opens is in its table alone: people open a new server by its address.
 */
export function openedHeadline(stacks: readonly StackReview[]): string | undefined {
  const byPort = new Map<string, Set<string>>();
  for (const { stack, change, opened } of stacks) {
    if (change === "added") continue;
    for (const { port, isPublic } of opened)
      if (isPublic) byPort.set(port, (byPort.get(port) ?? new Set()).add(stack));
  }
  if (byPort.size === 0) return undefined;
  const { first, rest } = firstOf([...byPort], NAMED);
  const named = first.map(([port, ids]) => `${port} (${namesOf([...ids])})`);
  const more = rest.length > 0 ? `; ${rest.length} more` : "";
  return `**Opened to the whole internet: ${named.join("; ")}${more}.**`;
}

function namesOf(stacks: readonly string[]): string {
  const { first, rest } = firstOf(stacks, NAMED);
  return first.map(codeOf).join(", ") + (rest.length > 0 ? ` and ${rest.length} more` : "");
}
