import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { load } from "js-yaml";
import { MARKER } from "../../cli/review/review-markdown";
import { NOTICES } from "../../review/notice";

const ROOT = join(__dirname, "../..");
const DIRECTORY = join(ROOT, ".github/workflows");

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Concurrency {
  readonly group: string;
  readonly "cancel-in-progress": boolean;
}
interface Job {
  readonly concurrency?: Concurrency;
  readonly permissions: Readonly<Record<string, string>>;
  readonly "timeout-minutes": number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly defaults: unknown;
  readonly concurrency?: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
}

const texts = new Map(
  readdirSync(DIRECTORY).map((file) => [file, readFileSync(join(DIRECTORY, file), "utf8")] as const),
);
const workflows = new Map([...texts].map(([file, text]) => [file, load(text) as Workflow] as const));

describe.each([...workflows])("workflow %s", (file, { on, permissions, defaults, concurrency, jobs }) => {
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
    const { status, stdout, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", script], {
      cwd: ROOT,
      encoding: "utf8",
      env: { PATH: `${join(this.folder, "bin")}:${process.env["PATH"]!}`, ...environment },
    });
    return { status, stdout, stderr, calls: readFileSync(this.log, "utf8").trimEnd().split("\n") };
  }
  close = (): void => rmSync(this.folder, { recursive: true });
}

/** As GitHub runs it. */
const stepOf = (file: string, job: string, name: string): string =>
  workflows.get(file)!.jobs[job]!.steps.find((step) => step.name?.startsWith(name))!.run!;
const head = spawnSync("git", ["rev-parse", "HEAD"], { cwd: ROOT, encoding: "utf8" }).stdout.trim();

describe("the scripts of the workflows", () => {
  let stage: Stage;
  beforeEach(() => (stage = new Stage()));
  afterEach(() => stage.close());

  const comment = workflows.get("pull-request.yml")!.jobs["comment"]!.steps[0]!.run!;
  const settings = {
    COMMENTS: "repos/o/r/issues/7/comments",
    COMMENT: "repos/o/r/issues/comments",
    REVIEW: "fine",
    HEAD: "0123abc",
  };
  const foot = [
    "",
    "Of commit 0123abc. A label `allow: …` is about this commit: the next push takes it away.",
  ];

  it("write the first comment, with the mark by which it is found again", () => {
    stage.program("gh", "");
    const { status, calls } = stage.run(comment, settings);
    expect(status).toBe(0);
    expect(calls.slice(-4)).toEqual([
      `gh api --silent --method POST repos/o/r/issues/7/comments --raw-field body=${MARKER}`,
      "fine",
      ...foot,
    ]);
  });

  it("change the comment that is there", () => {
    stage.program("gh", 'case "$*" in *--jq*) printf "41\\n42\\n" ;; esac');
    const { calls } = stage.run(comment, { ...settings, REVIEW: `${MARKER}\nfine` });
    expect(calls.slice(-4)).toEqual([
      `gh api --silent --method PATCH repos/o/r/issues/comments/41 --raw-field body=${MARKER}`,
      "fine",
      ...foot,
    ]);
  });

  it("write no second comment when the first cannot be looked for", () => {
    stage.program("gh", 'case "$*" in *--jq*) exit 1 ;; esac');
    const { status, calls } = stage.run(comment, settings);
    expect(status).not.toBe(0);
    expect(calls.join("\n")).not.toContain("POST");
  });

  it("take away after a push what has admitted the commits before", () => {
    stage.program(
      "gh",
      'case "$*" in *--jq*) printf "allow%%3A%%20moves%%20calls\\nallow%%3A%%20none\\n" ;; esac',
    );
    const { status, calls } = stage.run(stepOf("pull-request.yml", "forget", "take away every label"), {
      PULL_REQUEST: "repos/o/r/issues/7",
    });
    expect(status).toBe(0);
    expect(calls.slice(1)).toEqual([
      "gh api --silent --method DELETE repos/o/r/issues/7/labels/allow%3A%20moves%20calls",
      "gh api --silent --method DELETE repos/o/r/issues/7/labels/allow%3A%20none",
    ]);
  });

  it.each([
    [
      "as it is",
      "<!-- fleet review -->\nfine\nEOF\ntext<<EOF",
      "<!-- fleet review -->\nfine\nEOF\ntext<<EOF",
    ],
    [
      "cut off, where GitHub would refuse it",
      "ü😀".repeat(40_000),
      `${"ü😀".repeat(15_000)}\n\nCut off here: the summary of the run has all of it.`,
    ],
  ])("hand the review on %s", (_, review, expected) => {
    const [path, output, summary] = ["review.md", "output", "summary"].map((name) =>
      join(stage.folder, name),
    );
    writeFileSync(path!, `${review}\n`);
    const { status } = stage.run(stepOf("pull-request.yml", "hold", "hand the review on"), {
      FLEET_REVIEW: path!,
      GITHUB_OUTPUT: output!,
      GITHUB_STEP_SUMMARY: summary!,
    });
    expect(status).toBe(0);
    const [, end, text] = /^text<<(end-[0-9a-f]{32})\n([^]*)\n\1\n$/.exec(readFileSync(output!, "utf8"))!;
    expect(review).not.toContain(end);
    expect(text).toBe(expected);
    expect(readFileSync(summary!, "utf8")).toBe(`${review}\n`);
  });

  it.each([
    ["refs/heads/main", 0],
    ["refs/heads/next", 1],
    ["refs/tags/main", 1],
  ])("deploy from %s: ends with %i", (ref, code) => {
    const { status, stdout } = stage.run(stepOf("deploy.yml", "gate", "only main"), { GITHUB_REF: ref });
    expect(status).toBe(code);
    expect(stdout.includes("is not main: merge it")).toBe(code === 1);
  });

  it.each([
    ["production", "production", 0],
    ["production", "production-approved", 1],
    ["production-approved", "production-approved", 0],
  ])("deploy in %s when by now it is %s: ends with %i", (ENVIRONMENT, now, code) => {
    stage.program(
      "gh",
      'case "$*" in *environments*) echo true ;; *statuses*) echo success ;; *) echo "1 $HEAD" ;; esac',
    );
    stage.program("npx", now === "production" ? "" : 'case "$*" in *review*) exit 1 ;; esac');
    const script = stepOf("deploy.yml", "deploy", "the answer is still the same");
    expect(stage.run(script, { GITHUB_REPOSITORY: "o/r", ENVIRONMENT, HEAD: head }).status).toBe(code);
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

  it("take the highest of several labels, in the order of the classes", () => {
    const script = readFileSync(join(ROOT, "scripts/pull-request.sh"), "utf8");
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

  it("admit nothing by labels that cannot be read", () => {
    const { status, stderr } = pullRequest("none", { FLEET_LABELS: "[" });
    expect(status).toBe(1);
    expect(stderr).toContain("Not right: what callers notice");
  });

  it.each([
    ["fleet review says nothing", "*review*", {}],
    ["the labels cannot be read", "none", { FLEET_LABELS: "[" }],
  ])("say in the comment that there is no review when %s", (_, broken, environment) => {
    const { review } = pullRequest(broken, environment);
    expect(readFileSync(review, "utf8")).toMatch(
      /^<!-- fleet review -->\n## Fleet review: not possible\n\n.*\n$/,
    );
  });

  /** @param review shell of npx @param told more of the environment; `asks`: whether production-approved has reviewers */
  const gate = (
    deployments: string,
    review: string,
    { asks = true, ...told }: { asks?: boolean } & Readonly<Record<string, unknown>> = {},
  ) => {
    stage.program(
      "gh",
      `case "$*" in *environments/production-approved*) echo ${asks} ;; *statuses*) case "$*" in */2/*) echo success ;; *) echo failure ;; esac ;; *) ${deployments} ;; esac`,
    );
    stage.program("npx", review);
    return stage.run("scripts/deploy-gate.sh", {
      GITHUB_REPOSITORY: "o/r",
      GITHUB_EVENT_NAME: "push",
      ...(told as Readonly<Record<string, string>>),
    });
  };

  it("let a harmless change through, compared with the last deploy that succeeded", () => {
    const { stdout, calls } = gate(`printf '1 aaaa\\n2 ${head}\\n3 bbbb\\n'`, "");
    expect(stdout).toBe("production\n");
    expect(calls.at(-1)).toBe(`npx fleet review --base ${head} --allow new calls only`);
  });

  it.each([
    ["the review says more", `echo '2 ${head}'`, 'case "$*" in *review*) exit 1 ;; esac'],
    ["the data are not right", `echo '2 ${head}'`, 'case "$*" in *check) exit 1 ;; esac'],
    ["a waiver has ended", `echo '2 ${head}'`, 'case "$*" in *policy) exit 1 ;; esac'],
    ["nothing was deployed yet", "true", ""],
    ["no deploy has succeeded", `echo '1 ${head}'`, ""],
    ["the deployments cannot be read", "exit 1", ""],
    ["the commit is unknown", "echo '2 aaaa'", ""],
  ])("ask a person when %s", (_, deployments, review) => {
    const { status, stdout, stderr } = gate(deployments, review);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "production-approved\n" });
    expect(stderr).toContain("Needs a person: ");
  });

  it("ask a person when one runs it by hand", () =>
    expect(gate(`echo '2 ${head}'`, "", { GITHUB_EVENT_NAME: "workflow_dispatch" }).stdout).toBe(
      "production-approved\n",
    ));

  it("let nothing pass that waits for nobody's word", () => {
    const { status, stdout, stderr } = gate("true", "", { asks: false });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("production-approved has no required reviewers");
  });

  it("refuse a commit that is older than what is deployed, which an old run that is run again would bring back", () => {
    const ask = (args: readonly string[], environment = {}) =>
      spawnSync("git", args, {
        cwd: ROOT,
        encoding: "utf8",
        env: { ...process.env, ...environment },
      }).stdout.trim();
    // The commit is on the stage alone.
    const aside = {
      GIT_ALTERNATE_OBJECT_DIRECTORIES: resolve(ROOT, ask(["rev-parse", "--git-path", "objects"])),
      GIT_OBJECT_DIRECTORY: join(stage.folder, "objects"),
    };
    mkdirSync(aside.GIT_OBJECT_DIRECTORY);
    const who = ["-c", "user.name=x", "-c", "user.email=x@acme.example"];
    const newer = ask([...who, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "newer"], aside);
    const { status, stdout, stderr } = gate(`echo '2 ${newer}'`, "", aside);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(`${head} is older than ${newer}, which was deployed last`);
  });
});
