import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { formatProblems } from "../../config/format-problems";
import { loadFleet } from "../../config/load-fleet";

const FIXTURES = join(__dirname, "..", "fixtures", "accounts", "warned");

/** Each folder holds an accounts directory that loads, and the exact text of what is shown nevertheless. */
describe("accounts with warnings", () => {
  it.each(readdirSync(FIXTURES).sort())("%s", (name) => {
    const loaded = loadFleet(join(FIXTURES, name, "accounts"));
    if (!loaded.ok) throw new Error(`${name} must load:\n${formatProblems(loaded.problems)}`);
    expect(formatProblems(loaded.warnings)).toBe(readFileSync(join(FIXTURES, name, "expected.txt"), "utf8"));
  });
});
