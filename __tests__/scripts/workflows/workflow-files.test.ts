import { readFileSync } from "node:fs";
import { WORKFLOWS, WORKFLOW_TEXTS } from "../../builders/workflows";

describe.each([...WORKFLOWS])("workflow %s", (file, { on, permissions, defaults, concurrency, jobs }) => {
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it("pins every action by a commit, and says which version that is", () => {
    const uses = WORKFLOW_TEXTS.get(file)!.match(/^.*\buses:.*$/gm)!;
    expect(uses.length).toBe(steps.filter((step) => step.uses).length);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("has each pin in docs/ci.md", () => {
    const page = readFileSync("docs/ci.md", "utf8");
    for (const { uses } of steps) {
      if (uses) expect(page).toContain(uses.replace("@", " | `"));
    }
  });

  it("has no rights but those that a job names", () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) {
      expect(Object.keys(job.permissions)).not.toHaveLength(0);
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
    }
  });

  it("ends a script at its first failure, also within a pipe", () =>
    expect(defaults).toEqual({ run: { shell: "bash" } }));

  it("runs no code of a fork with rights, and leaves no token behind", () => {
    expect(Object.keys(on)).not.toContain("pull_request_target");
    for (const { uses, with: settings = {} } of steps) {
      if (uses?.startsWith("actions/checkout")) expect(settings["persist-credentials"]).toBe(false);
    }
    for (const { permissions: rights, steps: own } of Object.values(jobs)) {
      const isPullRequest = "pull_request" in on;
      const checksOut = own.some(({ uses }) => uses?.startsWith("actions/checkout"));
      if (isPullRequest && checksOut) expect(rights).toEqual({ contents: "read" });
      if (isPullRequest && !checksOut)
        expect(own.some(({ run = "" }) => /npm|npx|node/.test(run))).toBe(false);
    }
  });

  it("runs one at a time what must not meet another", () => {
    const groups = [concurrency, ...Object.values(jobs).map((job) => job.concurrency)].filter((each) => each);
    const cancels = groups.map((each) => [each!.group.replace(/-\$.*/, ""), each!["cancel-in-progress"]]);
    expect(cancels).toEqual(
      file === "deploy.yml"
        ? [["deploy", false]]
        : [
            ["pull-request", true],
            ["comment", false],
          ],
    );
  });

  it("puts nothing that others write into a script", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });
});
