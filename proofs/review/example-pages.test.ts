import { readFileSync } from "node:fs";
import { EXAMPLE_REVIEWS, renderReview } from "../../scripts/reviews";

describe("docs/reviews", () => {
  it.each(EXAMPLE_REVIEWS)("$file is what fleet review says; else run npm run reviews", async (example) => {
    expect(readFileSync(`docs/reviews/${example.file}`, "utf8")).toBe(await renderReview(example));
  });
});
