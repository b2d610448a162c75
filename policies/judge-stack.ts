import type { PolicyId } from "../model/policy-ids";
import type { Waiver } from "../model/schema/waiver";
import { isWaived } from "../model/waivers";
import { ALL_POLICIES } from "./all-policies";
import type { FinishedStack, Resource } from "./policy";

/** What one policy found in one stack. */
export interface JudgedFinding {
  readonly rule: PolicyId;
  readonly on: Resource | undefined;
  /** Path below the stack's directory. */
  readonly file: string | undefined;
  /** `<stack>/<address>`, `<stack>/<file>` or the stack alone: what a waiver names. */
  readonly place: string;
  /** What is wrong; why it matters; what to do. */
  readonly message: string;
  /** The first waiver that is about it. */
  readonly waiver: Waiver | undefined;
}

/** What all policies say about a stack, in their order. Ends of waivers are not judged here: this has no clock. */
export const judgeStack = (stack: FinishedStack, waivers: readonly Waiver[]): readonly JudgedFinding[] =>
  ALL_POLICIES.flatMap(({ id: rule, check }) =>
    check(stack).map(({ on, file, message }) => {
      const part = on?.address ?? file;
      const place = part === undefined ? stack.id : `${stack.id}/${part}`;
      return {
        rule,
        on,
        file,
        place,
        message,
        waiver: waivers.find((waiver) => isWaived(waiver, { rule, place })),
      };
    }),
  );
