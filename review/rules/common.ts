import type { Judge, ChangedAttribute, TypeRule, Verdict } from "../verdict";
import { none } from "../verdict";

/** Labels and tags are for people and for bills. */
export const LABELS: Readonly<Record<string, Verdict>> = Object.fromEntries(
  ["labels", "effective_labels", "terraform_labels", "user_labels", "tags"].map((attribute) => [
    attribute,
    none("labels change in place"),
  ]),
);

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
