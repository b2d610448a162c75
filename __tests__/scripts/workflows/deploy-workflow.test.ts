import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { ProgramStage } from "../../builders/program-stage";
import { scriptOf } from "../../builders/workflows";

const head = spawnSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).stdout.trim();

let stage: ProgramStage;
beforeEach(() => (stage = new ProgramStage()));
afterEach(() => stage.close());

describe("deploy.yml", () => {
  it.each([
    ["refs/heads/main", 0],
    ["refs/heads/next", 1],
    ["refs/tags/main", 1],
  ])("deploys from main alone: %s ends with %i", (ref, code) => {
    const { status, stdout } = stage.run(scriptOf("deploy.yml", "gate", "only main"), { GITHUB_REF: ref });
    expect(status).toBe(code);
    expect(stdout.includes("is not main: merge it")).toBe(code === 1);
  });

  it.each([
    ["production", "production", 0],
    ["production", "production-approved", 1],
    ["production-approved", "production-approved", 0],
  ])("deploys in %s when by now it is %s: ends with %i", (ENVIRONMENT, now, code) => {
    stage.program(
      "gh",
      'case "$*" in *environments*) echo true ;; *statuses*) echo success ;; *) echo "1 $HEAD" ;; esac',
    );
    stage.program("npx", now === "production" ? "" : 'case "$*" in *review*) exit 1 ;; esac');
    const script = scriptOf("deploy.yml", "deploy", "the answer is still the same");
    expect(stage.run(script, { GITHUB_REPOSITORY: "o/r", ENVIRONMENT, HEAD: head }).status).toBe(code);
  });
});

describe("scripts/deploy-gate.sh", () => {
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

  it("lets a harmless change through, compared with the last deploy that succeeded", () => {
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
  ])("asks a person when %s", (_, deployments, review) => {
    const { status, stdout, stderr } = gate(deployments, review);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "production-approved\n" });
    expect(stderr).toContain("Needs a person: ");
  });

  it("asks a person when one runs it by hand", () =>
    expect(gate(`echo '2 ${head}'`, "", { GITHUB_EVENT_NAME: "workflow_dispatch" }).stdout).toBe(
      "production-approved\n",
    ));

  it("lets nothing pass that waits for nobody's word", () => {
    const { status, stdout, stderr } = gate("true", "", { asks: false });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("production-approved has no required reviewers");
  });

  it("refuses a commit that is older than what is deployed, which an old run that is run again would bring back", () => {
    const ask = (args: readonly string[], environment = {}) =>
      spawnSync("git", args, {
        encoding: "utf8",
        env: { ...process.env, ...environment },
      }).stdout.trim();
    // The commit is on the stage alone.
    const aside = {
      GIT_ALTERNATE_OBJECT_DIRECTORIES: resolve(ask(["rev-parse", "--git-path", "objects"])),
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
