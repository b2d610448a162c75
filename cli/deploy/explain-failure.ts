import type { RolloutStack } from "../../rollout/fleet-stacks";

const PREVENTED = /^\W*Resource (\S+)\s+has\s+lifecycle\.prevent_destroy/gm;

/** What to do about Terraform's words, where this project knows it; undefined where the words must do. */
export function explainFailure(said: string, { id, source }: RolloutStack): string | undefined {
  const prevented = [...new Set([...said.matchAll(PREVENTED)].map(([, address]) => address!))];
  if (prevented.length > 0 || /[Ii]nstance cannot be destroyed/.test(said)) {
    const what = prevented.length > 0 ? prevented.join(", ") : "what holds state";
    return (
      `${id} protects ${what}. To let it go, write allowDestroys: true into ${source}, \`npm run synth\`, review, ` +
      `commit, \`npx fleet deploy ${id}\`, and then ask for this again.`
    );
  }
  if (/[Dd]eletion.?[Pp]rotection/.test(said))
    return `The cloud protects it from deletion: write allowDestroys: true into ${source}, and deploy ${id} first.`;
  if (/Saved plan is stale/.test(said))
    return `Somebody has deployed ${id} since its plan was shown. Nothing of the plan was applied; plan it anew.`;
  if (/Error acquiring the state lock/.test(said))
    return (
      `Somebody else is at work on ${id}: wait until the lock of its state is free. Where whoever made it is dead, and only ` +
      `then: \`terraform -chdir=synthesized/stacks/${id} force-unlock <ID>\`, with the ID above.`
    );
  if (/could not find default credentials/.test(said))
    return "Nobody is logged in at Google: `gcloud auth application-default login`, then ask for this again.";
  if (/\[401\]/.test(said))
    return "Linode does not know the token: set LINODE_TOKEN, or a new one when it has expired, then ask for this again.";
  return undefined;
}
