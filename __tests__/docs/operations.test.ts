import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseTraceCsv } from "../../simulate/trace-csv";

describe("docs/operations.md", () => {
  it("shows a trace that fleet simulate reads", () => {
    const [, csv] = /```csv\n([^]*?)```/.exec(readFileSync("docs/operations.md", "utf8"))!;
    expect(parseTraceCsv(csv!)).toMatchObject({
      ok: true,
      counts: [{ participants: 118 }, { conferences: 22 }],
    });
  });

  it("has each section that a message sends to", () => {
    const sources = ["cli", "config", "model", "review", "rollout", "stacks"].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".ts"))
        .map((path) => readFileSync(join(folder, path), "utf8")),
    );
    const named = sources.flatMap((text) =>
      [...text.matchAll(/docs\/operations\.md, ([A-Z][\w ]+)/g)].map(([, section]) => section!.trim()),
    );
    expect(named).toContain("Upgrade Jitsi");
    const headings = readFileSync("docs/operations.md", "utf8").match(/(?<=^##+ ).+$/gm)!;
    expect(named.filter((section) => !headings.includes(section))).toEqual([]);
  });
});
