import type { JsonObject, PlannedObject } from "../../rollout/planned-object";
import { lostLogins } from "../bridge-logins";
import { sameJson } from "../changed-values";
import { noTimeAt } from "../drain-deadline";
import { changedFiles } from "../machine-files";
import { decideAlike } from "../restart-decision";
import type { Judge, StackChange, TypeRule, Verdict } from "../verdict";
import { none, notKnown } from "../verdict";
import { newFleetApply, renewed } from "./common";

/** What restarts the bridge of a pushed machine; as `changes` of programs/fleet-push.py has it. */
export const RESTARTS_BRIDGE = /^\/etc\/fleet\/(compose\.yaml$|jvb[./])/;

const FLEET_APPLY = "/etc/fleet/programs/fleet-apply";
const KNOWN_TRIGGERS = ["machine", "draining", "secrets", "files"];

export const numberOf = ({ name }: PlannedObject): string | undefined => /(\d+)$/.exec(name)?.[1];

export const goes = ({ action }: PlannedObject): boolean => action === "delete" || action === "replace";

/** Why a push is due: machine, files, secrets, draining. */
export function triggersOf(attributes: JsonObject | null): JsonObject {
  const triggers = attributes?.["triggers_replace"] ?? null;
  return triggers !== null && typeof triggers === "object" && !Array.isArray(triggers)
    ? (triggers as JsonObject)
    : {};
}

const pushedAnew = (push: PlannedObject, change: StackChange): Verdict | Verdict[] => {
  const [before, after] = [triggersOf(push.before), triggersOf(push.after)];
  if (isMachineNew(push, change)) return none("the new machine gets its files");
  const differs = (trigger: string): boolean => !sameJson(before[trigger] ?? null, after[trigger] ?? null);
  const strange = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (trigger) => differs(trigger) && (trigger === "machine" || !KNOWN_TRIGGERS.includes(trigger)),
  );
  const verdicts: Verdict[] = [
    ...strange.map((trigger) => notKnown(`what a push does whose ${trigger} changes`)),
    ...(differs("draining") ? [newDraining(after["draining"] === true)] : []),
    ...(differs("secrets")
      ? [emptied("the bridge gets new passwords: it is drained, then starts anew", change)]
      : []),
    ...(differs("files") ? newFiles(change) : []),
  ];
  return verdicts.length > 0 ? verdicts : [notKnown("a push without a reason that can be seen")];
};

/** True when the machine is made by the same plan. One whose labels change is the same machine. */
const isMachineNew = (push: PlannedObject, { objects }: StackChange): boolean =>
  objects.some(
    ({ address, action }) =>
      address === `linode_instance.bridge-${numberOf(push)}` && (action === "create" || action === "replace"),
  );

const drains = (says: string): Verdict => ({ notice: "drains bridges", says });

/** A push waits until nobody is on the bridge, or for `drainDeadlineMinutes`. */
const emptied = (says: string, { configuration }: StackChange): Verdict =>
  noTimeAt(configuration?.after)
    ? {
        notice: "moves calls",
        says: `${says}; whoever is on it is moved after less than ten minutes (\`drainDeadlineMinutes\`)`,
      }
    : drains(says);

const newDraining = (isDraining: boolean): Verdict =>
  isDraining
    ? drains("the bridge takes no new calls; those on it go on")
    : { notice: "new calls only", says: "the bridge takes new calls again" };

function newFiles(change: StackChange): Verdict[] {
  const { before, after } = change.files;
  const changed = changedFiles(before, after);
  if (changed.length === 0) return [notKnown("the pushed files change, and no file of the stack does")];
  const reasons = changed.filter((path) => RESTARTS_BRIDGE.test(path));
  return [
    ...lostLogins(change, "Deploy it in a quiet hour, at once after the customer's stack."),
    ...(decideAlike(before.get(FLEET_APPLY), after.get(FLEET_APPLY)) ? [] : [newFleetApply]),
    reasons.length > 0
      ? {
          ...renewed(
            emptied(
              "the bridge gets new files: it is drained, then starts anew while nobody is on it",
              change,
            ),
            change,
          ),
          at: reasons,
        }
      : { ...none("the machine gets new files beside the bridge, which goes on"), at: changed },
  ];
}

/** A push that Terraform does not know yet, such as one under another name. */
const firstPush = (push: PlannedObject, change: StackChange): Verdict =>
  isMachineNew(push, change)
    ? none("the new machine gets its files")
    : emptied(
        "a machine that is there gets all of its files anew: its bridge may be drained and start anew",
        change,
      );

/** What runs when a drain goes drains the bridge, also of a machine that stays, and nothing releases that bridge. */
const drainGoes = (drain: PlannedObject, { objects }: StackChange): Verdict => {
  const machine = /\["([^"]+)"\]$/.exec(drain.address)?.[1];
  return objects.some((each) => each.address === `linode_instance.${machine}` && goes(each))
    ? none("how a machine is drained before it goes")
    : {
        notice: "interrupts calls",
        says: "the bridge is drained although its machine stays, and takes no calls until a push releases it",
        instead: "Leave the keys and triggers of `terraform_data.drain` as they are.",
      };
};

/** Notes in the state, of which some run something: told apart by their names. */
const noted =
  (judges: {
    readonly push: Judge<PlannedObject>;
    readonly drain: Judge<PlannedObject>;
  }): Judge<PlannedObject> =>
  (object, change) => {
    const ask = (judge: Judge<PlannedObject>) =>
      typeof judge === "function" ? judge(object, change) : judge;
    if (/^push-\d+$/.test(object.name)) return ask(judges.push);
    if (object.name === "drain") return ask(judges.drain);
    if (/^generation-\d+$/.test(object.name)) return none("which generation a machine is of");
    return notKnown(`terraform_data ${object.name}: what it runs`);
  };

/** How files reach the machines of fixed pools, and how these are drained before they go. */
export const LINODE_PUSH_RULES: Readonly<Record<string, TypeRule>> = {
  terraform_data: {
    created: noted({ push: firstPush, drain: none("how a machine is drained before it goes") }),
    gone: noted({ push: none("the machine gets no more files"), drain: drainGoes }),
    replaced: noted({ push: pushedAnew, drain: drainGoes }),
    changed: {
      "input.drain_minutes": none("how long a drain waits from now on; no machine is touched"),
      "input.host": notKnown("which machine is drained when this one goes: its address is another one"),
      input: none("how the machine is reached when it goes; no machine is touched"),
      output: none("the same, as it is read later"),
    },
  },
};
