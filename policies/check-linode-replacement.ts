import { blockOf, textsOf } from "./blocks";
import type { Policy } from "./policy";

/** Arguments that replace a Linode, in mid-call, and that are edited in the course of time. */
const REPLACING = [
  "authorized_keys",
  "authorized_users",
  "disk_encryption",
  "image",
  "metadata",
  "network_helper",
  "stackscript_data",
  "stackscript_id",
];

export const checkLinodeReplacement: Policy = {
  id: "linode-replacement",
  rule: "No edit replaces a Linode that carries calls; only a new generation of that machine does.",
  reason: "A replaced machine ends its calls.",
  fix: "Add the argument to lifecycle.ignore_changes, and rebuild by generation.",
  check: ({ resources }) =>
    resources.flatMap((on) => {
      if (on.type !== "linode_instance") return [];
      const ignored = textsOf(blockOf(on.attributes, "lifecycle"), "ignore_changes");
      if (ignored.includes("all")) return [];
      const missing = REPLACING.filter((key) => on.attributes[key] !== undefined && !ignored.includes(key));
      if (missing.length === 0) return [];
      return [
        {
          on,
          message:
            `lifecycle.ignore_changes lacks ${missing.join(", ")}; an edit would replace the machine, and its calls ` +
            "would end; add it, and rebuild by generation",
        },
      ];
    }),
};
