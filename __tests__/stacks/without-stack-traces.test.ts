import { withoutStackTraces } from "../../stacks/without-stack-traces";

const trace = () => {
  const object = { stack: "" };
  Error.captureStackTrace(object);
  return object.stack;
};

describe("withoutStackTraces", () => {
  it("leaves no trace of a value, and returns what the work returns", () => {
    expect(withoutStackTraces(trace)).toBe("");
  });

  it("puts traces back, also after a failure", () => {
    const before = Error.prepareStackTrace;
    expect(() =>
      withoutStackTraces(() => {
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(Error.prepareStackTrace).toBe(before);
    expect(trace()).toContain("without-stack-traces");
  });
});
