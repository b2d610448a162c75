import { jsonLog } from "../../keeper/log";
import { ProblemLog } from "../../keeper/problem-log";

describe("jsonLog", () => {
  it("writes one JSON object a line, whatever is in it", () => {
    const lines: string[] = [];
    jsonLog((line) => void lines.push(line), "acme-eu-burst")("NOTICE", "decision", {
      reason: "a\nb",
      bridge: undefined,
    });
    jsonLog((line) => void lines.push(line))("ERROR", "cannot-start");
    expect(lines.every((line) => line.indexOf("\n") === line.length - 1)).toBe(true);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      {
        severity: "NOTICE",
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        pool: "acme-eu-burst",
        event: "decision",
        reason: "a\nb",
      },
      { severity: "ERROR", time: expect.stringMatching(/Z$/) as string, event: "cannot-start" },
    ]);
  });
});

describe("ProblemLog", () => {
  it("says when a problem begins, when it becomes another one, and when it is over", () => {
    const said: string[] = [];
    const problems = new ProblemLog(
      (_, event, fields) => void said.push(`${event} ${fields?.["problem"] ?? ""}`.trim()),
    );
    for (const problem of [null, "a", "a", "b", null, null, "a"]) problems.tell(problem);
    expect(said).toEqual(["problem a", "problem b", "well-again", "problem a"]);
  });
});
