import { declaredIn, objectsOf } from "./plain-json";
import type { Policy } from "./policy";

const FIX = "write the value into the data or into model/versions.ts";

export const checkDataSources: Policy = {
  id: "data-sources",
  rule: "A plan asks nobody: there are no data sources, and what is ephemeral is drawn on the spot.",
  reason: "A plan would need credentials, and its answer changes without a review.",
  fix: "Write the value into the data or into model/versions.ts.",
  check: ({ terraform }) => [
    ...addressesIn(terraform["data"], "data")
      .filter((address) => !address.startsWith("data.terraform_remote_state."))
      .map((address) => ({ message: `${address} is a data source; ${WHY}; ${FIX}` })),
    ...addressesIn(terraform["ephemeral"], "ephemeral")
      .filter((address) => !address.startsWith("ephemeral.random_"))
      .map((address) => ({ message: `${address} asks somebody; ${WHY}; ${FIX}` })),
    ...objectsOf(terraform["check"])
      .flatMap((checks) => Object.entries(checks))
      .filter(([, check]) => objectsOf(check).some((each) => "data" in each))
      .map(([name]) => ({ message: `check.${name} has a data source; ${WHY}; ${FIX}` })),
  ],
};

const WHY = "a plan would need credentials, and its answer changes without a review";

const addressesIn = (section: unknown, kind: string): readonly string[] =>
  declaredIn(section).flatMap(([type, named]) => named.map(([name]) => `${kind}.${type}.${name}`));
