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
    return `Somebody else is at work on ${id}: wait until the lock of its state is free.`;
  return undefined;
}
