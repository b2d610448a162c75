import type { PlannedObject } from "../rollout/planned-object";
import { changedValues, fits } from "./changed-values";
import { judgeConfiguration } from "./judge-configuration";
import type { MachineFiles } from "./machine-files";
import { highest, isAbove, type Notice } from "./notice";
import { restartedServices } from "./restarted-services";
import { RULES } from "./rules/all-rules";
import { type Configurations, type Judge, notKnown, type StackChange, type Verdict } from "./verdict";

/** Why a stack is in its class. */
export interface Reason {
  readonly notice: Notice;
  /** Addresses of Terraform, or files of the machine, that it is about; at least one. */
  readonly at: readonly string[];
  /** A sentence without full stop. */
  readonly says: string;
  /** How to reach the same with less, where there is a way. */
  readonly instead?: string;
}

/** What callers notice of a change of one stack. */
export interface Judgement {
  readonly notice: Notice;
  /** From the highest class down; what says the same of several objects is one reason. */
  readonly reasons: readonly Reason[];
}

export interface JudgedChange {
  /** All that the plan changes. */
  readonly objects: readonly PlannedObject[];
  /** Files of the stack's machines before and after. */
  readonly files: { readonly before: MachineFiles; readonly after: MachineFiles };
  /** Nothing is left of the stack. */
  readonly isRetired: boolean;
  /** The stack's Terraform. @default not compared */
  readonly configuration?: Configurations;
  /** As in `StackChange`. @default nobody knows of any */
  readonly hasOtherBridges?: StackChange["hasOtherBridges"];
}

/** Classes a change of one stack by what callers notice. */
export function judgeStack(judged: JudgedChange): Judgement {
  const { objects, files, isRetired, configuration, hasOtherBridges = () => false } = judged;
  const restarts = restartedServices(files.before, files.after, newSecrets(objects));
  const change: StackChange = { objects, files, restarts, configuration, isRetired, hasOtherBridges };
  const verdicts = [
    ...(configuration ? judgeConfiguration(configuration, files) : []),
    ...objects.flatMap((object) =>
      judgeObject(object, change).map((verdict) => ({ ...verdict, at: verdict.at ?? [object.address] })),
    ),
  ];
  const reasons = merged(verdicts);
  return { notice: highest(reasons.map(({ notice }) => notice)), reasons };
}

/** Secrets of which the plan makes a new version, as `secrets.json` of a server names them. */
const newSecrets = (objects: readonly PlannedObject[]): ReadonlySet<string> =>
  new Set(
    objects
      .filter(({ type, action }) => type === "google_secret_manager_secret_version" && action === "replace")
      .map(({ before }) => String(before?.["secret"])),
  );

function judgeObject(object: PlannedObject, change: StackChange): readonly Verdict[] {
  const rule = Object.hasOwn(RULES, object.type) ? RULES[object.type]! : undefined;
  if (!rule) return [notKnown(`what a ${object.type} does to calls`)];
  if (object.action === "update") return judgeUpdate(object, change);
  const judge = {
    create: rule.created,
    delete: rule.gone,
    replace: rule.replaced ?? rule.gone,
  }[object.action];
  return ask(judge, object, change);
}

function judgeUpdate(object: PlannedObject, change: StackChange): readonly Verdict[] {
  const lines = Object.entries(RULES[object.type]!.changed);
  const values = changedValues(object);
  if (values.length === 0) return [notKnown("Terraform changes it in place, and does not say what")];
  return values.flatMap((value) => {
    const judge = lines.find(([pattern]) => fits(pattern, value.path))?.[1];
    return judge
      ? ask(judge, { object, value }, change)
      : [notKnown(`what ${value.path.join(".")} of a ${object.type} does to calls when it changes`)];
  });
}

function ask<Subject>(judge: Judge<Subject>, subject: Subject, change: StackChange): readonly Verdict[] {
  const answer = typeof judge === "function" ? judge(subject, change) : judge;
  return "notice" in answer ? [answer] : answer;
}

function merged(verdicts: readonly (Verdict & { readonly at: readonly string[] })[]): Reason[] {
  const bySentence = new Map<string, Reason>();
  for (const { at, ...verdict } of verdicts) {
    const key = `${verdict.notice} ${verdict.says}`;
    const known = bySentence.get(key);
    const places = [...new Set([...(known?.at ?? []), ...at])];
    bySentence.set(key, { ...verdict, at: places });
  }
  return [...bySentence.values()].sort((a, b) =>
    isAbove(a.notice, b.notice) ? -1 : isAbove(b.notice, a.notice) ? 1 : 0,
  );
}
