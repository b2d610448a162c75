import { blockOf } from "./blocks";
import type { FinishedStack } from "./policy";

/** What nobody calls the state of real customers; `rehearsal` in an account's file asks for it. */
const REHEARSAL_BUCKET = /-rehearsal$/;

/** Whether the stack is of an account for trials, with certificates that nobody knows. */
export function isRehearsal({ terraform }: Pick<FinishedStack, "terraform">): boolean {
  const { bucket } = blockOf(blockOf(blockOf(terraform, "terraform"), "backend"), "gcs");
  return REHEARSAL_BUCKET.test(String(bucket ?? ""));
}
