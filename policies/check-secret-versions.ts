import { blockOf } from "./blocks";
import type { Policy } from "./policy";

export const checkSecretVersions: Policy = {
  id: "secret-versions",
  rule: "A rotation leaves the version before it where it is.",
  reason: "Machines that boot in between, and a rotation that has to be taken back, need it.",
  fix: "Set deletion_policy to DISABLE, and create_before_destroy.",
  check: ({ resources }) =>
    resources.flatMap((on) => {
      if (!/^google_secret_manager_(?:regional_)?secret_version$/.test(on.type)) return [];
      const { deletion_policy: policy = "DELETE" } = on.attributes;
      const before = blockOf(on.attributes, "lifecycle")["create_before_destroy"] === true;
      return [
        ...(policy !== "DISABLE" && policy !== "ABANDON"
          ? [
              {
                on,
                message: `deletion_policy is ${String(policy)}; a rotation could not be taken back; set it to DISABLE`,
              },
            ]
          : []),
        ...(before
          ? []
          : [
              {
                on,
                message:
                  "create_before_destroy is not set; machines that boot during a rotation would find no password; set it",
              },
            ]),
      ];
    }),
};
