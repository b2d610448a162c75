import { deployText } from "./deploy-text";
import { type Rollout, stacksWith } from "./rollout-file";
import type { Session } from "./session";

/** Why nothing else begins while a rollout is unfinished, and what to do. */
export function unfinished({ file, options }: Pick<Session, "file" | "options">, earlier: Rollout): string {
  const left = stacksWith(earlier, "waiting").length + stacksWith(earlier, "failed").length;
  return deployText.unfinished(left, file.path, options).trimEnd();
}
