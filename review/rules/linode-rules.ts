import type { PlannedObject } from "../../rollout/planned-object";
import { noTimeAt } from "../drain-deadline";
import type { StackChange, TypeRule, Verdict } from "../verdict";
import { none, notKnown } from "../verdict";
import { LINODE_TAGS } from "./common";
import { goes, numberOf, triggersOf } from "./linode-push-rules";

/** True when Terraform drains the machine before it goes: `terraform_data.drain["bridge-3"]` goes with it. */
const isDrained = (machine: PlannedObject, { objects }: StackChange): boolean =>
  objects.some((each) => each.address === `terraform_data.drain["${machine.name}"]` && goes(each));

/** True when the bridge has taken no new calls since an earlier deploy (`draining` in the pool's file). */
const wasDraining = (machine: PlannedObject, { objects }: StackChange): boolean =>
  objects.some(
    (each) =>
      each.address === `terraform_data.push-${numberOf(machine)}` &&
      triggersOf(each.before)["draining"] === true,
  );

function machineGoes(machine: PlannedObject, change: StackChange): Verdict {
  if (isDrained(machine, change) && wasDraining(machine, change))
    return {
      notice: "new calls only",
      says: "the bridge goes, which has taken no new calls since an earlier deploy; whoever is still on it at the deadline is moved",
    };
  if (change.isRetired)
    return {
      notice: "interrupts calls",
      says: "the pool goes: its calls end or are moved to another pool when the drain deadline has come",
      instead:
        "Set `draining` to the pool's `size` and deploy that first; retire the pool when nobody is on it.",
    };
  return isDrained(machine, change)
    ? {
        notice: noTimeAt(change.configuration?.before) ? "moves calls" : "drains bridges",
        says: "the bridge is drained before its machine goes; whoever is left on it at the deadline is moved",
        instead:
          "Raise `draining` first and make the pool smaller when nobody is on the bridge: then nobody is moved.",
      }
    : {
        notice: "interrupts calls",
        says: "the machine goes without a drain, with the calls on it",
        instead: "Raise `draining` first, and make the pool smaller when nobody is on the bridge.",
      };
}

/** Terraform destroys all that it replaces before it creates the first anew, whatever is drained before. */
function machineReplaced(machine: PlannedObject, change: StackChange): Verdict {
  const together = change.objects.filter(
    (each) => each.type === machine.type && each.action === "replace" && !wasDraining(each, change),
  ).length;
  if (together <= 1) return machineGoes(machine, change);
  return {
    notice: "interrupts calls",
    says: `${together} machines of the pool are replaced at once: all of them go before the first is back`,
    instead: "Raise the `generation` of one bridge, deploy, then raise the next.",
  };
}

/** Fixed pools. */
export const LINODE_RULES: Readonly<Record<string, TypeRule>> = {
  linode_instance: {
    created: { notice: "new calls only", says: "a new bridge takes new calls" },
    gone: machineGoes,
    replaced: machineReplaced,
    changed: LINODE_TAGS,
  },
  linode_placement_group: {
    created: none("a group that keeps machines apart"),
    gone: none("the group goes when no machine is in it"),
    replaced: notKnown("machines leave their placement group"),
    changed: { label: none("a name for people") },
  },
  linode_rdns: {
    created: none("a name behind an address"),
    gone: none("a name behind an address; no caller asks for it"),
    changed: { "*": none("a name behind an address; no caller asks for it") },
  },
};
