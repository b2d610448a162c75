import type { Policy } from "./policy";

export const checkDataSources: Policy = {
  id: "data-sources",
  rule: "A plan asks nobody: there are no data sources.",
  reason: "A plan would need credentials, and its answer changes without a review.",
  fix: "Write the value into the data or into model/versions.ts.",
  check: ({ terraform }) =>
    Object.entries((terraform["data"] ?? {}) as Record<string, Record<string, unknown>>)
      .filter(([type]) => type !== "terraform_remote_state")
      .flatMap(([type, named]) => Object.keys(named).map((name) => `data.${type}.${name}`))
      .map((address) => ({
        message:
          `${address} is a data source; a plan would need credentials, and its answer changes without a review; ` +
          "write the value into the data or into model/versions.ts",
      })),
};
