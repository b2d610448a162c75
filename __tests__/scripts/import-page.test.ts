import { readFileSync } from "node:fs";
import { renderImportPage } from "../../scripts/import-page";
import { IMPORTED_SOURCES } from "../../scripts/imported-sources";

describe("renderImportPage", () => {
  it("is what docs/import.md holds; else run npm run docs", () => {
    expect(readFileSync("docs/import.md", "utf8")).toBe(renderImportPage(IMPORTED_SOURCES));
  });
});
