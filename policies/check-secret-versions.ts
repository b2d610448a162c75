import type { Policy } from "./policy";

export const checkSecretVersions: Policy = {
  id: "secret-versions",
  rule: "A rotation leaves the version before it where it is.",
  reason: "Machines that boot in between, and a rotation that has to be taken back, need it.",
  fix: "Set deletion_policy to DISABLE, and create_before_destroy.",
  check: ({ resources }) =>
    resources.flatMap((on) => {
      if (on.type !== "google_secret_manager_secret_version") return [];
      const { deletion_policy: policy = "DELETE", lifecycle = {} } = on.attributes;
      const before = (lifecycle as { create_before_destroy?: unknown }).create_before_destroy === true;
      return [
        ...(policy === "DELETE"
          ? [
              {
                on,
                message: "deletion_policy is DELETE; a rotation could not be taken back; set it to DISABLE",
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
