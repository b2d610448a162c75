import { readFileSync } from "node:fs";
import { parseTraceCsv } from "../../simulate/trace-csv";

describe("docs/operations.md", () => {
  it("shows a trace that fleet simulate reads", () => {
    const [, csv] = /```csv\n([^]*?)```/.exec(readFileSync("docs/operations.md", "utf8"))!;
    expect(parseTraceCsv(csv!)).toMatchObject({
      ok: true,
      counts: [{ participants: 118 }, { conferences: 22 }],
    });
  });
});
