import { readFileSync } from "node:fs";
import { EDITS } from "../../proofs/edits/all-edits";
import { renderEditsPage } from "../../scripts/edits-page";

describe("renderEditsPage", () => {
  it("is what docs/what-an-edit-does.md holds; else run npm run docs", () => {
    expect(readFileSync("docs/what-an-edit-does.md", "utf8")).toBe(renderEditsPage(EDITS));
  });

  it("lists what is short and counts what is long", () => {
    const page = renderEditsPage([
      { name: "short", callers: "none", edit: () => undefined, plans: { "customer-abc": ["~ a.b (name)"] } },
      {
        name: "long",
        callers: "moves calls",
        edit: () => undefined,
        plans: { "customer-abc": ["+ a.b", "+ a.c", "+ a.d", "- a.e", "- a.f"] },
      },
      { name: "refused", note: "why", edit: () => undefined, refusedBy: "synth", says: /x/ },
    ]);
    expect(page).toContain("| short | none | **customer-abc**<br>`~ a.b` |  |");
    expect(page).toContain("| long | **moves calls** | **customer-abc**<br>`+` 3, `-` 2 |  |");
    expect(page).toContain("| refused | – | refused by synth | why |");
  });

  it("has as many edits as the README says", () =>
    expect(readFileSync("README.md", "utf8")).toContain(`, ${EDITS.length} usual edits |`));
});
