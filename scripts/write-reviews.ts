import { mkdirSync, writeFileSync } from "node:fs";
import { EXAMPLE_REVIEWS, renderReview } from "./reviews";

/** `npm run reviews`: writes docs/reviews/, two reviews as a reviewer sees them. */
async function main(): Promise<void> {
  mkdirSync("docs/reviews", { recursive: true });
  for (const example of EXAMPLE_REVIEWS)
    writeFileSync(`docs/reviews/${example.file}`, await renderReview(example));
}

void main();
