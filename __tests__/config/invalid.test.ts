import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { formatProblems } from "../../config/format-problems";
import { loadFleet } from "../../config/load-fleet";

const FIXTURES = join(__dirname, "..", "fixtures", "accounts", "invalid");

/** Each folder holds an accounts directory with one mistake, and the exact text that a person gets to read. */
describe("broken accounts", () => {
  const names = readdirSync(FIXTURES).sort();

  it("are at least fifty", () => expect(names.length).toBeGreaterThanOrEqual(50));

  it.each(names)("%s", (name) => {
    const loaded = loadFleet(join(FIXTURES, name, "accounts"));
    if (loaded.ok) throw new Error(`${name} loads; it must have a problem`);
    expect(formatProblems(loaded.problems)).toBe(readFileSync(join(FIXTURES, name, "expected.txt"), "utf8"));
  });
});
