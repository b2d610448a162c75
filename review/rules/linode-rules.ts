import type { Json, JsonObject, PlannedObject } from "../../rollout/planned-object";
import { sameJson } from "../changed-values";
import { changedFiles } from "../machine-files";
import type { Judge, StackChange, TypeRule, Verdict } from "../verdict";
import { none, notKnown } from "../verdict";
import { LABELS } from "./common";

const numberOf = ({ name }: PlannedObject): string | undefined => /(\d+)$/.exec(name)?.[1];

const goes = ({ action }: PlannedObject): boolean => action === "delete" || action === "replace";

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

const machineGoes: Judge<PlannedObject> = (machine, change): Verdict => {
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
        notice: "drains bridges",
        says: "the bridge is drained before its machine goes; whoever is left on it at the deadline is moved",
        instead:
          "Raise `draining` first and make the pool smaller when nobody is on the bridge: then nobody is moved.",
      }
    : {
        notice: "interrupts calls",
        says: "the machine goes without a drain, with the calls on it",
        instead: "Raise `draining` first, and make the pool smaller when nobody is on the bridge.",
      };
};

/** What restarts the bridge of a pushed machine; as `changes` of programs/fleet-push.py has it. */
export const RESTARTS_BRIDGE = /^\/etc\/fleet\/(compose\.yaml$|jvb[./])/;

const pushedAnew: Judge<PlannedObject> = (push, { files, objects }): Verdict | Verdict[] => {
  const [before, after] = [triggersOf(push.before), triggersOf(push.after)];
  const unknown = ((push.unknown as JsonObject | null)?.["triggers_replace"] ?? false) as Json;
  const differs = (trigger: string): boolean => !sameJson(before[trigger] ?? null, after[trigger] ?? null);
  if (
    unknown === true ||
    differs("machine") ||
    objects.some((each) => each.address === `linode_instance.bridge-${numberOf(push)}`)
  )
    return none("the new machine gets its files");
  const verdicts: Verdict[] = [];
  if (differs("draining"))
    verdicts.push(
      after["draining"] === true
        ? { notice: "drains bridges", says: "the bridge takes no new calls; those on it go on" }
        : { notice: "new calls only", says: "the bridge takes new calls again" },
    );
  if (differs("secrets"))
    verdicts.push({
      notice: "drains bridges",
      says: "the bridge gets new passwords: it is drained, then starts anew",
    });
  if (differs("files")) {
    const changed = changedFiles(files.before, files.after);
    const reasons = changed.filter((path) => RESTARTS_BRIDGE.test(path));
    if (changed.length === 0)
      verdicts.push(notKnown("the pushed files change, and no file of the stack does"));
    else if (reasons.length > 0)
      verdicts.push({
        notice: "drains bridges",
        says: "the bridge gets new files: it is drained, then starts anew while nobody is on it",
        at: reasons,
      });
    else
      verdicts.push({
        ...none("the machine gets new files beside the bridge, which goes on"),
        at: changed,
      });
  }
  return verdicts.length > 0
    ? verdicts
    : [notKnown("the push has another reason than files, secrets and draining")];
};

function triggersOf(attributes: JsonObject | null): JsonObject {
  const triggers = attributes?.["triggers_replace"] ?? null;
  return triggers !== null && typeof triggers === "object" && !Array.isArray(triggers)
    ? (triggers as JsonObject)
    : {};
}

/** Notes in the state, of which some run something: told apart by their names. */
const noted =
  (judgePush: Judge<PlannedObject>): Judge<PlannedObject> =>
  (object, change) => {
    if (/^push-\d+$/.test(object.name))
      return typeof judgePush === "function" ? judgePush(object, change) : judgePush;
    if (/^generation-\d+$/.test(object.name)) return none("which generation a machine is of");
    if (object.name === "drain") return none("how a machine is drained before it goes");
    return notKnown(`terraform_data ${object.name}: what it runs`);
  };

/** Fixed pools. */
export const LINODE_RULES: Readonly<Record<string, TypeRule>> = {
  linode_instance: {
    created: { notice: "new calls only", says: "a new bridge takes new calls" },
    gone: machineGoes,
    changed: LABELS,
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
  terraform_data: {
    created: noted(none("the new machine gets its files")),
    gone: noted(none("the machine gets no more files")),
    replaced: noted(pushedAnew),
    changed: {
      "input.drain_minutes": none("how long a drain waits from now on; no machine is touched"),
      input: none("how the machine is reached when it goes; no machine is touched"),
      output: none("the same, as it is read later"),
    },
  },
};
