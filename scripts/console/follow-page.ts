import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseConsolePage, type ConsolePage, type ConsoleStep } from "./console-page";
import { runPage, type Difference } from "./run-page";
import { Shell } from "./shell";

/**
 * Follows a page as a new user does: in an empty folder, with nothing of the project but what `git clone` brings. The
 * page finds its repository in the variable FLEET_REPOSITORY: this working tree, as it is.
 *
 * @param path the page, from the project's root
 */
export async function followPage(
  path: string,
  onStep?: (step: ConsoleStep) => void,
): Promise<{ readonly page: ConsolePage; readonly differences: readonly Difference[] }> {
  const page = parseConsolePage(readFileSync(path, "utf8"));
  const root = mkdtempSync(join(tmpdir(), "tutorial-"));
  const folder = join(root, "empty");
  mkdirSync(folder);
  const shell = new Shell(folder, environment(repositoryOf(resolve("."), join(root, "repository"))));
  try {
    return { page, differences: await runPage(page, shell, onStep) };
  } finally {
    await shell.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** What is neither here for npm, nor for programs to be found, is not a new user's. */
function environment(repository: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(PATH|HOME|TMPDIR|LANG|LC_.*|HTTPS?_PROXY|NO_PROXY|SSL_CERT_.*|NODE_EXTRA_CA_CERTS|npm_config_(registry|cache))$/i.test(
      name,
    ),
  );
  const git = { name: "ops", email: "ops@acme.example" };
  return {
    ...Object.fromEntries(kept),
    FLEET_REPOSITORY: repository,
    GIT_AUTHOR_NAME: git.name,
    GIT_AUTHOR_EMAIL: git.email,
    GIT_COMMITTER_NAME: git.name,
    GIT_COMMITTER_EMAIL: git.email,
    GIT_CONFIG_GLOBAL: "/dev/null",
    CHECKPOINT_DISABLE: "1",
  };
}

/** A repository of the files that are there now, committed or not, without those that git ignores. */
function repositoryOf(project: string, directory: string): string {
  const git = (...args: string[]): void =>
    void execFileSync(
      "git",
      [
        "-c",
        "user.name=ops",
        "-c",
        "user.email=ops@acme.example",
        "-c",
        "advice.addEmbeddedRepo=false",
        ...args,
      ],
      { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" } },
    );
  const here = [`--git-dir=${directory}`, `--work-tree=${project}`];
  git("init", "--quiet", "--bare", "--initial-branch=main", directory);
  git(...here, "add", "--all", project);
  git(...here, "commit", "--quiet", "--message", "the project");
  return directory;
}
