import { isOtherBridge } from "../restarted-services";
import type { Judge, ChangedAttribute, StackChange, TypeRule, Verdict } from "../verdict";
import { none, notKnown } from "../verdict";

const forPeople = (attributes: readonly string[]): Readonly<Record<string, Verdict>> =>
  Object.fromEntries(attributes.map((attribute) => [attribute, none("labels change in place")]));

/** Labels at Google are for people and for bills. Its tags are not: firewalls go by them. */
export const LABELS = forPeople(["labels", "effective_labels", "terraform_labels", "user_labels"]);

/** What labels are called at Linode. */
export const LINODE_TAGS = forPeople(["tags"]);

/** A type that no call needs: alerts, logs, rights of operators. Whatever happens to it, no caller notices. */
export const forOperators = (what: string): TypeRule => ({
  created: none(`${what}: new; no call needs it`),
  gone: none(`${what}: gone; no call needs it`),
  replaced: none(`${what}: replaced; no call needs it`),
  changed: { "*": none(`${what}: changed in place; no call needs it`) },
});

/** The same verdict for several attributes. */
export const each = (
  attributes: readonly string[],
  judge: Judge<ChangedAttribute>,
): Readonly<Record<string, Judge<ChangedAttribute>>> =>
  Object.fromEntries(attributes.map((attribute) => [attribute, judge]));

/** A verdict on bridges that get new files; where these have another image, how an upgrade is done. */
export const renewed = (verdict: Verdict, { files: { before, after } }: StackChange): Verdict =>
  isOtherBridge(before, after) ? { ...verdict, instead: UPGRADE } : verdict;

const UPGRADE =
  "Bridges of two versions never share a call, so calls have only a part of them until the last one is renewed: add bridges " +
  "beside the old ones instead, or admit it for a small customer in a quiet hour (docs/operations.md, Upgrade Jitsi).";

/** A program of the machines that may take every container for another one than it has started. */
export const newFleetApply: Verdict = {
  ...notKnown("whether the new fleet-apply starts services anew that run: how it compares them has changed"),
  at: ["/etc/fleet/programs/fleet-apply"],
  instead:
    "Read what has changed in programs/fleet-apply.py, and deploy it to one customer first (npx fleet deploy --canary).",
};
