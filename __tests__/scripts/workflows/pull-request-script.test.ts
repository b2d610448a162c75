import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NOTICES } from "../../../review/notice";
import { ProgramStage } from "../../builders/program-stage";

describe("scripts/pull-request.sh", () => {
  let stage: ProgramStage;
  beforeEach(() => (stage = new ProgramStage()));
  afterEach(() => stage.close());

  /** All programs of scripts/pull-request.sh; `broken` is a pattern of calls that fail. */
  const pullRequest = (broken: string, environment: Readonly<Record<string, string>> = {}) => {
    const body = `case "${"$*"}" in ${broken}) exit 1 ;; *review*) echo verdict ;; esac`;
    stage.program("npx", body);
    stage.program("npm", body);
    // The synth writes what is committed.
    const real = process.execPath;
    stage.program(
      "node",
      `case "$*" in *main.ts) cp -r synthesized/. "$CDKTF_OUTDIR" ;; *) '${real}' "$@" ;; esac`,
    );
    const review = join(stage.folder, "review.md");
    return { review, ...stage.run("scripts/pull-request.sh", { FLEET_REVIEW: review, ...environment }) };
  };

  it("holds a pull request against everything, and writes the review", () => {
    const { status, calls, review } = pullRequest("none");
    expect(status).toBe(0);
    expect(calls.filter((call) => /^np[mx] /.test(call))).toEqual([
      "npx fleet check",
      "npx fleet policy",
      "npm run --silent checkov",
      "npx fleet review --base origin/main --markdown",
    ]);
    expect(readFileSync(review, "utf8")).toBe("verdict\n");
  });

  it.each([
    ["*check", "check"],
    ["*policy", "policies"],
    ["*checkov", "Checkov"],
    ["*review*", "what callers notice"],
  ])("fails when %s does, after the other steps", (broken, name) => {
    const { status, stderr, calls } = pullRequest(broken);
    expect(status).toBe(1);
    expect(stderr).toContain(`Not right: ${name}`);
    expect(calls.filter((call) => /^np[mx] /.test(call))).toHaveLength(4);
  });

  it("takes a label for the allowed class, and no other label", () => {
    const { calls } = pullRequest("none", {
      FLEET_BASE: "origin/next",
      FLEET_LABELS: '["bug", "allow: moves calls"]',
    });
    expect(calls).toContain("npx fleet review --base origin/next --allow moves calls --markdown");
  });

  it("notices an output that is not committed", () => {
    const body =
      'case "$*" in *main.ts) cp -r synthesized/. "$CDKTF_OUTDIR"; rm -r "$CDKTF_OUTDIR/stacks/customer-abc" ;; esac';
    for (const program of ["npx", "npm"]) stage.program(program, "");
    stage.program("node", body);
    const { status, stdout, stderr } = stage.run("scripts/pull-request.sh", {
      FLEET_REVIEW: join(stage.folder, "review.md"),
    });
    expect(status).toBe(1);
    expect(stdout).toContain("Only in synthesized/stacks: customer-abc");
    expect(stderr).toContain("synthesized/ is not what accounts/ say: run npm run synth");
  });

  it("takes the highest of several labels, in the order of the classes", () => {
    const script = readFileSync("scripts/pull-request.sh", "utf8");
    expect(JSON.parse(/const classes = (\[.*\]);/.exec(script)![1]!)).toEqual([...NOTICES].reverse());
    const labels = (...all: string[]) =>
      pullRequest("none", { FLEET_LABELS: JSON.stringify(all) })
        .calls.filter((call) => / review /.test(call))
        .at(-1);
    expect(labels("allow: moves calls", "allow: destroys-data", "allow: none")).toContain(
      "--allow destroys-data --",
    );
    // No class: fleet review says which there are, and fails.
    expect(labels("allow: everything", "allow: destroys data")).toContain("--allow everything --");
  });

  it("admits nothing by labels that cannot be read", () => {
    const { status, stderr } = pullRequest("none", { FLEET_LABELS: "[" });
    expect(status).toBe(1);
    expect(stderr).toContain("Not right: what callers notice");
  });

  it.each([
    ["fleet review says nothing", "*review*", {}],
    ["the labels cannot be read", "none", { FLEET_LABELS: "[" }],
  ])("says in the comment that there is no review when %s", (_, broken, environment) => {
    const { review } = pullRequest(broken, environment);
    expect(readFileSync(review, "utf8")).toMatch(
      /^<!-- fleet review -->\n## Fleet review: not possible\n\n.*\n$/,
    );
  });
});
