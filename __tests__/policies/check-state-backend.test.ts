import { GcsBackend, LocalBackend } from "cdktf";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("state-backend");

describe("checkStateBackend", () => {
  it("accepts the account's bucket, with the stack's id as prefix", () => {
    expect(
      policyFindings((stack) => new GcsBackend(stack, { bucket: "b", prefix: "stack" }), { backend: false }),
    ).toEqual([]);
  });

  it("refuses a state on somebody's disk, which is what cdktf does by default", () => {
    const message =
      "stack: the state backend is local, not gcs; two people could apply over each other; use the account's bucket";
    expect(policyFindings(() => undefined, { backend: false })).toEqual([message]);
    expect(policyFindings((stack) => new LocalBackend(stack, {}), { backend: false })).toEqual([message]);
  });

  it("refuses the state of another stack", () => {
    const findings = policyFindings((stack) => new GcsBackend(stack, { bucket: "b", prefix: "other" }), {
      backend: false,
    });
    expect(findings).toEqual([
      'stack: the state\'s prefix is "other"; two stacks could share one state; set it to "stack"',
    ]);
  });

  it("refuses credentials in the output", () => {
    const findings = policyFindings(
      (stack) => new GcsBackend(stack, { bucket: "b", prefix: "stack", accessToken: "t" }),
      { backend: false },
    );
    expect(findings).toEqual([
      "stack: the state backend sets access_token; it would be committed; leave it to the environment",
    ]);
  });
});
