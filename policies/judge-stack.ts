import type { PolicyId } from "../model/policy-ids";
import type { Waiver } from "../model/schema/waiver";
import { isWaived } from "../model/waivers";
import { ALL_POLICIES } from "./all-policies";
import type { FinishedStack, Resource } from "./policy";

/** What one policy found in one stack. */
export interface JudgedFinding {
  readonly rule: PolicyId;
  readonly on: Resource | undefined;
  /** `<stack>/<address>`, or the stack alone: what a waiver names. */
  readonly place: string;
  /** What is wrong; why it matters; what to do. */
  readonly message: string;
  /** The first waiver that is about it. */
  readonly waiver: Waiver | undefined;
}

/** What all policies say about a stack, in their order. Ends of waivers are not judged here: this has no clock. */
export const judgeStack = (stack: FinishedStack, waivers: readonly Waiver[]): readonly JudgedFinding[] =>
  ALL_POLICIES.flatMap(({ id: rule, check }) =>
    check(stack).map(({ on, message }) => {
      const place = on ? `${stack.id}/${on.address}` : stack.id;
      return {
        rule,
        on,
        place,
        message,
        waiver: waivers.find((waiver) => isWaived(waiver, { rule, place })),
      };
    }),
  );
