import type { Json, JsonObject, PlannedObject } from "../../rollout/planned-object";

export type Action = "create" | "update" | "replace" | "delete";

/** One line of a plan: what happens to one resource. */
export type PlannedAction = Pick<PlannedObject, "address" | "action" | "createFirst" | "replacePaths">;

interface PlanDocument {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type?: string;
    readonly name?: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly replace_paths?: readonly (readonly (string | number)[])[];
      readonly before?: JsonObject | null;
      readonly after?: JsonObject | null;
      readonly after_unknown?: Json;
      readonly before_sensitive?: Json;
      readonly after_sensitive?: Json;
    };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

/**
 * What a plan changes, with the values before and after, by the answer of `terraform show -json <plan file>`; sorted by
 * address, nothing left as it is.
 */
export function readPlannedObjects(json: string): PlannedObject[] {
  const { resource_changes: changes = [] } = JSON.parse(json) as PlanDocument;
  return changes
    .flatMap(({ address, type = "", name = "", change }): PlannedObject[] => {
      const action = actionOf(change.actions);
      if (!action) return [];
      return [
        {
          ...{ address, type, name, action },
          replacePaths: (change.replace_paths ?? []).map((path) => path.join(".")),
          createFirst: action === "replace" && change.actions[0] === "create",
          before: change.before ?? null,
          after: change.after ?? null,
          unknown: change.after_unknown ?? false,
          hidden: [change.before_sensitive ?? false, change.after_sensitive ?? false],
        },
      ];
    })
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** The same without values, which may be long and may be secret. */
export const readPlanActions = (json: string): PlannedAction[] =>
  readPlannedObjects(json).map(({ address, action, createFirst, replacePaths }) => ({
    ...{ address, action, createFirst, replacePaths },
  }));

/** Names of the outputs that a plan changes, by the same answer; sorted. Terraform counts none of them. */
export function readPlanOutputs(json: string): string[] {
  const { output_changes: changes = {} } = JSON.parse(json) as PlanDocument;
  return Object.keys(changes)
    .filter((name) => changes[name]!.actions.some((action) => action !== "no-op"))
    .sort();
}

/** What Terraform only forgets (a `removed` block) counts as gone: no deploy looks after it any more. */
function actionOf(actions: readonly string[]): Action | undefined {
  const goes = actions.includes("delete") || actions.includes("forget");
  if (actions.includes("create")) return goes ? "replace" : "create";
  if (goes) return "delete";
  return actions.includes("update") ? "update" : undefined;
}
