import type { Policy } from "./policy";

/** One state per stack, in the account's bucket, under the stack's own id, opened with the caller's own credentials. */
export const checkStateBackend: Policy = ({ id, terraform }) => {
  const { backend = {} } = (terraform["terraform"] ?? {}) as {
    backend?: Record<string, Record<string, unknown>>;
  };
  const gcs = backend["gcs"];
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
};
