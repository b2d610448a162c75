import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { otherBridges } from "../../../cli/review/other-bridges";
import { readOutput } from "../../../cli/review/output";

const committed = readOutput("synthesized");
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "fleet-other-bridges-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A copy of synthesized/ in which a pool serves a customer no more. */
function without(stack: string, customer: string) {
  cpSync("synthesized", directory, { recursive: true });
  const path = join(directory, "stacks", stack, "cdk.tf.json");
  const text = readFileSync(path, "utf8");
  expect(text).toContain(`"brewery-${customer}": {`);
  writeFileSync(path, text.replace(`"brewery-${customer}": {`, '"another-rule": {'));
  return readOutput(directory);
}

describe("otherBridges", () => {
  it("finds another pool of the customer, and not the one that is asked for", () => {
    const of = (stack: string) => otherBridges(stack, committed, committed);
    expect(of("bridges-acme-nl-static")("abc")).toBe(true);
    expect(of("bridges-globex-eu-burst")("xyz")).toBe(true);
    expect(of("bridges-globex-eu-burst")("xyz-europe")).toBe(false);
    // The customer's own stack needs no name.
    expect(of("customer-abc")()).toBe(true);
  });

  it("counts only bridges that are there before and after", () => {
    const fewer = without("bridges-acme-eu-burst", "abc");
    for (const [base, head] of [
      [fewer, committed],
      [committed, fewer],
    ] as const)
      expect(otherBridges("bridges-acme-nl-static", base, head)("abc")).toBe(false);
  });
});
