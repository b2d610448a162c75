import { readFileSync } from "node:fs";
import { buildProgram } from "../../cli/main";
import { renderCompletionWords } from "../../scripts/completion-words";

describe("renderCompletionWords", () => {
  it("is what cli/completion/words.json holds; else run npm run docs", () => {
    const program = buildProgram({ out: () => undefined, err: () => undefined }, () => undefined);
    expect(readFileSync("cli/completion/words.json", "utf8")).toBe(renderCompletionWords(program));
  });
});
