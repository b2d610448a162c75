import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";

const ROOT = join(__dirname, "../..");
const DIRECTORY = join(ROOT, ".github/workflows");

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly "timeout-minutes": number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

const texts = new Map(
  readdirSync(DIRECTORY).map((file) => [file, readFileSync(join(DIRECTORY, file), "utf8")] as const),
);
const workflows = new Map([...texts].map(([file, text]) => [file, load(text) as Workflow] as const));

describe.each([...workflows])("workflow %s", (file, { on, permissions, concurrency, jobs }) => {
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it("pins every action by a commit, and says which version that is", () => {
    const uses = texts.get(file)!.match(/^.*\buses:.*$/gm)!;
    expect(uses.length).toBe(steps.filter((step) => step.uses).length);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("has each pin in docs/ci.md", () => {
    const page = readFileSync(join(ROOT, "docs/ci.md"), "utf8");
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

  it("runs no code of a fork with rights, and leaves no token behind", () => {
    expect(Object.keys(on)).not.toContain("pull_request_target");
    expect(concurrency.group).not.toBe("");
    for (const { uses, with: settings = {} } of steps) {
      if (uses?.startsWith("actions/checkout")) expect(settings["persist-credentials"]).toBe(false);
    }
    for (const { permissions: rights, steps: own } of Object.values(jobs)) {
      const isPullRequest = "pull_request" in on;
      const checksOut = own.some(({ uses }) => uses?.startsWith("actions/checkout"));
      if (isPullRequest && checksOut) expect(rights).toEqual({ contents: "read" });
    }
  });

  it("puts nothing that others write into a script", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });
});

/** A folder with programs that write down how they are called. */
class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), "fleet-workflow-"));
  readonly log = join(this.folder, "calls");

  constructor() {
    mkdirSync(join(this.folder, "bin"));
    writeFileSync(this.log, "");
  }
  /** @param body shell; `$*` are the arguments, which are written down before */
  program(name: string, body: string): void {
    const path = join(this.folder, "bin", name);
    writeFileSync(path, `#!/bin/bash\nprintf '%s\\n' "${name} $*" >>'${this.log}'\n${body}\n`);
    chmodSync(path, 0o755);
  }
  run(script: string, environment: Readonly<Record<string, string>>) {
    const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
      cwd: ROOT,
      encoding: "utf8",
      env: { PATH: `${join(this.folder, "bin")}:${process.env["PATH"]!}`, ...environment },
    });
    return { status, stdout, stderr, calls: readFileSync(this.log, "utf8").trimEnd().split("\n") };
  }
  close = (): void => rmSync(this.folder, { recursive: true });
}

describe("the scripts of the workflows", () => {
  let stage: Stage;
  beforeEach(() => (stage = new Stage()));
  afterEach(() => stage.close());

  const comment = workflows.get("pull-request.yml")!.jobs["comment"]!.steps[0]!.run!;
  const settings = {
    COMMENTS: "repos/o/r/issues/7/comments",
    COMMENT: "repos/o/r/issues/comments",
    REVIEW: "fine",
  };

  it("write the first comment, with the mark by which it is found again", () => {
    stage.program("gh", "");
    const { status, calls } = stage.run(comment, settings);
    expect(status).toBe(0);
    expect(calls.slice(-2)).toEqual([
      "gh api --silent --method POST repos/o/r/issues/7/comments --raw-field body=<!-- fleet review -->",
      "fine",
    ]);
  });

  it("change the comment that is there", () => {
    stage.program("gh", 'case "$*" in *--jq*) printf "41\\n42\\n" ;; esac');
    const { calls } = stage.run(comment, { ...settings, REVIEW: "<!-- fleet review -->\nfine" });
    expect(calls.slice(-2)).toEqual([
      "gh api --silent --method PATCH repos/o/r/issues/comments/41 --raw-field body=<!-- fleet review -->",
      "fine",
    ]);
  });

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

  it("hold a pull request against everything, and write the review", () => {
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
  ])("fail when %s does, after the other steps", (broken, name) => {
    const { status, stderr, calls } = pullRequest(broken);
    expect(status).toBe(1);
    expect(stderr).toContain(`Not right: ${name}`);
    expect(calls.filter((call) => /^np[mx] /.test(call))).toHaveLength(4);
  });

  it("take a label for the allowed class, and no other label", () => {
    const { calls } = pullRequest("none", {
      FLEET_BASE: "origin/next",
      FLEET_LABELS: '["bug", "allow: moves calls"]',
    });
    expect(calls).toContain("npx fleet review --base origin/next --allow moves calls --markdown");
  });

  it("notice an output that is not committed", () => {
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

  const head = spawnSync("git", ["rev-parse", "HEAD"], { cwd: ROOT, encoding: "utf8" }).stdout.trim();
  const gate = (deployments: string, review: string) => {
    stage.program(
      "gh",
      `case "$*" in *statuses*) case "$*" in */2/*) echo success ;; *) echo failure ;; esac ;; *) ${deployments} ;; esac`,
    );
    stage.program("npx", review);
    return stage.run("scripts/deploy-gate.sh", { GITHUB_REPOSITORY: "o/r" });
  };

  it("let a harmless change through, compared with the last deploy that succeeded", () => {
    const { stdout, calls } = gate(`printf '1 aaaa\\n2 ${head}\\n3 bbbb\\n'`, "");
    expect(stdout).toBe("production\n");
    expect(calls.at(-1)).toBe(`npx fleet review --base ${head} --allow new calls only`);
  });

  it.each([
    ["the review says more", `echo '2 ${head}'`, "exit 1"],
    ["nothing was deployed yet", "true", ""],
    ["no deploy has succeeded", `echo '1 ${head}'`, ""],
    ["the deployments cannot be read", "exit 1", ""],
    ["the commit is unknown", "echo '2 aaaa'", ""],
  ])("ask a person when %s", (_, deployments, review) => {
    const { status, stdout, stderr } = gate(deployments, review);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "production-approved\n" });
    expect(stderr).toContain("Needs a person: ");
  });
});
