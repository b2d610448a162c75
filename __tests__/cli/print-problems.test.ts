import { printProblems } from "../../cli/print-problems";
import type { LocatedProblem } from "../../config/load-fleet";

const PROBLEMS: readonly LocatedProblem[] = [
  { file: "accounts/a.yaml", line: 1, column: 2, field: "size.max", message: "too big", severity: "error" },
  { file: "accounts/a.yaml", line: 3, column: 4, field: "", message: "old", severity: "warning" },
];

describe("printProblems", () => {
  let err: string;
  beforeEach(() => (err = ""));
  const terminal = (errIsScreen: boolean) => ({
    out: () => expect(true).toBe(false),
    err: (text: string) => (err += text),
    errIsScreen,
  });

  it("paints places, errors and warnings on a screen", () => {
    const { NO_COLOR: before } = process.env;
    delete process.env["NO_COLOR"];
    try {
      printProblems({ ...terminal(true) }, PROBLEMS);
    } finally {
      if (before !== undefined) process.env["NO_COLOR"] = before;
    }
    const [bold, red, yellow] = ["1m", "31m", "33m"].map((code) => `\u001b[${code}`);
    expect(err.split("\n").slice(0, 2)).toEqual([
      `${bold}accounts/a.yaml:1:2\u001b[22m  ${red}size.max:\u001b[39m too big`,
      `${bold}accounts/a.yaml:3:4\u001b[22m  ${yellow}warning:\u001b[39m old`,
    ]);
  });

  it("changes nothing but the colours", () => {
    printProblems(terminal(false), PROBLEMS);
    expect(err).toBe(
      "accounts/a.yaml:1:2  size.max: too big\naccounts/a.yaml:3:4  warning: old\n\n" +
        "1 problem and 1 warning in 1 file. Nothing was written.\n",
    );
  });
});
