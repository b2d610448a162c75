import { blockOf, blocksOf } from "./blocks";
import type { Policy } from "./policy";

export const checkStateBackend: Policy = {
  id: "state-backend",
  rule: "One state per stack, in Cloud Storage, under the stack's own id.",
  reason: "Two people could apply over each other, or two stacks share one state.",
  fix: "Use the account's bucket with the stack's id as prefix; credentials come from the environment.",
  check: ({ id, terraform }) => {
    const backend = blockOf(blockOf(terraform, "terraform"), "backend");
    const [gcs] = blocksOf(backend, "gcs");
    if (!gcs) {
      const kinds = Object.keys(backend).join(", ") || "none";
      return [
        {
          message: `the state backend is ${kinds}, not gcs; two people could apply over each other; use the account's bucket`,
        },
      ];
    }
    const findings = [];
    if (gcs["prefix"] !== id) {
      findings.push({
        message: `the state's prefix is "${String(gcs["prefix"])}"; two stacks could share one state; set it to "${id}"`,
      });
    }
    const others = Object.keys(gcs).filter((key) => key !== "bucket" && key !== "prefix");
    if (others.length > 0) {
      findings.push({
        message: `the state backend sets ${others.join(", ")}; it would be committed; leave it to the environment`,
      });
    }
    return findings;
  },
};
