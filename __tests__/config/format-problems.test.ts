import { formatProblems } from "../../config/format-problems";
import type { LocatedProblem } from "../../config/located-problem";

const aProblem = (overrides: Partial<LocatedProblem> = {}): LocatedProblem => ({
  file: "accounts/acme/account.yaml",
  line: 3,
  column: 11,
  field: "state.bucket",
  message: "missing; add it",
  severity: "error",
  ...overrides,
});

describe("formatProblems", () => {
  it("writes one line each and counts", () =>
    expect(
      formatProblems([
        aProblem(),
        aProblem({ line: 4, field: "", message: "not YAML" }),
        aProblem({ file: "b.yaml" }),
      ]),
    ).toMatchInlineSnapshot(`
      "accounts/acme/account.yaml:3:11  state.bucket: missing; add it
      accounts/acme/account.yaml:4:11  not YAML
      b.yaml:3:11  state.bucket: missing; add it

      3 problems in 2 files. Nothing was written.
      "
    `));

  it("marks warnings and counts them apart", () =>
    expect(formatProblems([aProblem(), aProblem({ severity: "warning" })])).toMatchInlineSnapshot(`
      "accounts/acme/account.yaml:3:11  state.bucket: missing; add it
      accounts/acme/account.yaml:3:11  warning: state.bucket: missing; add it

      1 problem and 1 warning in 1 file. Nothing was written.
      "
    `));

  it("does not say that nothing was written for warnings alone", () =>
    expect(formatProblems([aProblem({ severity: "warning" })])).toMatch(/\n\n1 warning in 1 file\.\n$/));
});
