import { readFileSync } from "node:fs";
import { DECIDING, decideAlike, definitionIn } from "../../review/restart-decision";

const program = readFileSync("programs/fleet-apply.py", "utf8");

describe("DECIDING", () => {
  it("names definitions of fleet-apply, and finds the whole of each", () => {
    const found = DECIDING.map((name) => definitionIn(program, name));
    expect(found).not.toContain(undefined);
    expect(found.map((text) => text!.split("\n")[0])).toEqual([
      'PROJECT = "fleet"',
      "def digest(files):",
      "def rehearse(root, files):",
      "def label_of(name, service, files, beside):",
      "def start(root, services, started):",
    ]);
    expect(definitionIn(program, "label_of")).toMatch(/return digest\(mounted\) if mounted else ""$/);
    expect(definitionIn(program, "start")).toMatch(/return lesser$/);
  });
});

describe("decideAlike", () => {
  it.each([
    ["nothing", program, true],
    ["another part", program.replace("LONGEST_WAIT, LONGEST_PAUSE", "LONGEST_WAIT, LONGEST_BREAK"), true],
    ["the label of mounted files", program.replace("digest(mounted)", "digest(files)"), false],
    ["the digest", program.replace("hexdigest()[:16]", "hexdigest()[:20]"), false],
    ["a name, so that nothing can be said", program.replace("def label_of(", "def label("), false],
    ["all of it", undefined, false],
  ])("compares what decides; changed is %s", (_, after, isAlike) => {
    expect(decideAlike(program, after)).toBe(isAlike);
  });
});
