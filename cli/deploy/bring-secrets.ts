import type { RolloutStack } from "../../rollout/fleet-stacks";
import { differenceOf } from "../../rollout/judge-plan";
import { fetchSecrets } from "../secrets/fetch-secrets";
import type { BroughtSecret } from "../secrets/stack-secrets";
import type { Plans } from "./plan-stacks";
import type { Session } from "./session";

/**
 * Brings to stacks the secrets that their machines cannot fetch, unless they are in the environment. That is done right
 * before the apply, because the customer who stores them may have been deployed a minute ago. A kept plan does not know
 * a variable that came later, so such a stack is planned again: it must do what the plan did that was shown.
 *
 * @returns what is wrong when a secret cannot be had, or the plan has become another one
 */
export async function bringSecrets(
  session: Session,
  stacks: readonly RolloutStack[],
  secrets: ReadonlyMap<string, readonly BroughtSecret[]>,
  shown: Plans,
): Promise<string | undefined> {
  if (session.options.rehearse) return undefined; // pretended machines have secrets by chance
  for (const { id } of stacks) {
    const missing = (secrets.get(id) ?? []).filter(
      ({ variable, versionVariable }) => !isSet(variable) || !isSet(versionVariable),
    );
    if (missing.length === 0) continue;
    session.progress.show(`fetching the secrets of ${id}`);
    const { variables, problems } = await fetchSecrets(missing);
    if (problems.length > 0) return `${id} needs secrets:\n${problems.join("\n")}`;
    session.deployer.bring(variables);
    const now = await session.deployer.plan(id, "deploy").catch((error: Error) => error);
    if (now instanceof Error) return `The plan of ${id} failed:\n${now.message}`;
    const difference = differenceOf(shown.get(id) ?? [], now);
    if (difference !== undefined) return `The plan of ${id} is not the one that was shown: ${difference}.`;
  }
  return undefined;
}

const isSet = (variable: string): boolean => (process.env[`TF_VAR_${variable}`] ?? "") !== "";
