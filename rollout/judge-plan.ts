/** What a plan does to one object. */
export interface PlannedChange {
  /** As Terraform prints it. */
  readonly address: string;
  readonly action: "create" | "update" | "replace" | "delete";
}

/** A plan in numbers. */
export interface PlanCounts {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
}

/**
 * Types whose objects hold nothing and carry no call. A template is a description, and machines that were made of the
 * old one run on; terraform_data is a note in the state. Machines, disks and records that go with them are in the plan
 * under their own addresses.
 */
const ROUTINE = [
  "google_compute_instance_template",
  "google_compute_region_instance_template",
  "terraform_data",
];

/**
 * Types of which a new object takes the old one's place and the old one stays (`deletion_policy`): a rotation makes a
 * version of a secret, and the one of before is disabled, where it can be enabled again; a new program of the keeper lies
 * beside the old one, which servers may still run.
 */
const SUCCEEDED = ["google_secret_manager_secret_version", "google_storage_bucket_object"];

export function countPlan(changes: readonly PlannedChange[]): PlanCounts {
  const count = (action: PlannedChange["action"]): number =>
    changes.filter((change) => change.action === action).length;
  return {
    add: count("create"),
    change: count("update"),
    replace: count("replace"),
    destroy: count("delete"),
  };
}

/** Changes that take away an object which is there: each needs a person's word. */
export const destroysOf = (changes: readonly PlannedChange[]): PlannedChange[] =>
  changes.filter((change) => goes(change) && !isRoutine(change));

/** Changes that take away an object of a kind that holds nothing, or that stays. */
export const routineOf = (changes: readonly PlannedChange[]): PlannedChange[] =>
  changes.filter((change) => goes(change) && isRoutine(change));

const goes = ({ action }: PlannedChange): boolean => action === "replace" || action === "delete";

/** By the resource type: what stands before the name, behind any `module.…`. */
const isRoutine = ({ address, action }: PlannedChange): boolean =>
  [...ROUTINE, ...(action === "replace" ? SUCCEEDED : [])].some((type) =>
    new RegExp(`(^|\\.)${type}\\.[^.]+$`).test(address.replace(/\[.*\]$/, "")),
  );

/** Why a plan made later is not the plan that was shown; undefined when it does the same to the same objects. */
export function differenceOf(
  shown: readonly PlannedChange[],
  later: readonly PlannedChange[],
): string | undefined {
  const lines = (changes: readonly PlannedChange[]): Set<string> =>
    new Set(changes.map(({ action, address }) => `${action} ${address}`));
  const [before, now] = [lines(shown), lines(later)];
  const added = [...now].filter((line) => !before.has(line));
  const gone = [...before].filter((line) => !now.has(line));
  if (added.length === 0 && gone.length === 0) return undefined;
  return [
    ...(added.length > 0 ? [`now it would also ${added.join(", ")}`] : []),
    ...(gone.length > 0 ? [`it would no longer ${gone.join(", ")}`] : []),
  ].join("; ");
}
