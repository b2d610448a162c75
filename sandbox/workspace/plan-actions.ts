export type Action = "create" | "update" | "replace" | "delete";

/** One line of a plan: what happens to one resource. */
export interface PlannedAction {
  readonly address: string;
  readonly action: Action;
  /** For a replacement: the new object is made before the old one goes; Terraform prints `+/-` and not `-/+`. */
  readonly createFirst: boolean;
  /** For a replacement: the attributes that ask for it, such as `boot_disk.0.initialize_params.0.image`. */
  readonly replacePaths: readonly string[];
}

interface PlanDocument {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly replace_paths?: readonly (readonly (string | number)[])[];
    };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

/** What a plan changes, by the answer of `terraform show -json <plan file>`; sorted by address, nothing left as it is. */
export function readPlanActions(json: string): PlannedAction[] {
  const { resource_changes: changes = [] } = JSON.parse(json) as PlanDocument;
  return changes
    .flatMap(({ address, change }): PlannedAction[] => {
      const action = actionOf(change.actions);
      const replacePaths = (change.replace_paths ?? []).map((path) => path.join("."));
      const createFirst = action === "replace" && change.actions[0] === "create";
      return action ? [{ address, action, createFirst, replacePaths }] : [];
    })
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** Names of the outputs that a plan changes, by the same answer; sorted. Terraform counts none of them. */
export function readPlanOutputs(json: string): string[] {
  const { output_changes: changes = {} } = JSON.parse(json) as PlanDocument;
  return Object.keys(changes)
    .filter((name) => changes[name]!.actions.some((action) => action !== "no-op"))
    .sort();
}

function actionOf(actions: readonly string[]): Action | undefined {
  if (actions.includes("create") && actions.includes("delete")) return "replace";
  return (["create", "update", "delete"] as const).find((action) => actions.includes(action));
}
