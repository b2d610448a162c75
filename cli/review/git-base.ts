import { basename, join } from "node:path";
import { runProgram, type ProgramResult } from "../../sandbox/workspace/run-program";
import { DeployProblem } from "../deploy/deployer";
import type { Base } from "./review-base";

/** What synthesis runs. */
export const CODE = [
  ...["main.ts", "cdktf.json", "package.json", "package-lock.json"],
  ...[
    "config",
    "keeper",
    "model",
    "modules",
    "policies",
    "programs",
    "providers",
    "render",
    "rollout",
    "stacks",
  ],
];

const ANOTHER_WAY = "name a folder with the synthesized/ of before: --base-dir <directory>";

/** Runs git. @throws DeployProblem when there is none */
type Git = (...args: readonly string[]) => Promise<ProgramResult>;

/**
 * Takes accounts and synthesized/ out of git, as they were at the commit from which the work began: what others have done
 * on the base since is no part of the change.
 *
 * @param root directory of both folders, inside a repository
 * @param into an existing directory for the copies
 * @throws DeployProblem when there is no git, no such commit, or nothing synthesized in it
 */
export async function gitBase(ref: string, root: string, accounts: string, into: string): Promise<Base> {
  const git = gitIn(root);
  if ((await git("rev-parse", "--git-dir")).code !== 0)
    throw new DeployProblem(`${root} is in no repository of git: ${ANOTHER_WAY}.`);
  const tip = await commitOf(ref, git);
  const common = await git("merge-base", tip, "HEAD");
  const isTip = common.code !== 0;
  const commit = isTip ? tip : common.stdout.trim();
  const there = (await git("ls-tree", "--name-only", commit)).stdout.split("\n");
  if (!there.includes("synthesized"))
    throw new DeployProblem(
      `Commit ${commit.slice(0, 12)} (${ref}) has no synthesized/ below ${root}: commit it there first, or ${ANOTHER_WAY}.`,
    );
  const folders = ["synthesized", basename(accounts)].filter((name) => there.includes(name));
  await unpack(commit, folders, into, git);
  return {
    name: ref,
    commit,
    ...(isTip && { isTip }),
    ...((await isOtherCode(commit, git)) && { hasOtherCode: true }),
    accounts: join(into, basename(accounts)),
    synthesized: join(into, "synthesized"),
  };
}

const gitIn =
  (root: string): Git =>
  async (...args) => {
    try {
      return await runProgram("git", args, { cwd: root });
    } catch {
      throw new DeployProblem(`git is not on the PATH: install it, or ${ANOTHER_WAY}.`);
    }
  };

async function commitOf(ref: string, git: Git): Promise<string> {
  const named = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
  if (named.code === 0) return named.stdout.trim();
  const first = await git("rev-parse", "--abbrev-ref", "origin/HEAD");
  const other = first.code === 0 && first.stdout.trim() !== ref ? first.stdout.trim() : undefined;
  throw new DeployProblem(
    `git knows no commit ${ref}: fetch it (git fetch origin), name another with --base <ref>` +
      `${other === undefined ? "" : ` (the default branch of origin is here as ${other})`}, or ${ANOTHER_WAY}.`,
  );
}

/** Writes folders of a commit; those below the directory that git is run in. */
async function unpack(commit: string, folders: readonly string[], into: string, git: Git): Promise<void> {
  const archive = join(into, "base.tar");
  const written = await git("archive", "--format=tar", `--output=${archive}`, commit, "--", ...folders);
  const unpacked =
    written.code === 0 ? await runProgram("tar", ["-xf", archive, "-C", into], { cwd: into }) : written;
  if (unpacked.code !== 0)
    throw new DeployProblem(`The base cannot be taken out of git:\n${unpacked.stderr.trimEnd()}`);
}

/** Whether what synthesis runs is not what it was at a commit, committed or not. */
async function isOtherCode(commit: string, git: Git): Promise<boolean> {
  const names = await Promise.all([
    git("diff", "--name-only", commit, "--", ...CODE),
    git("ls-files", "--others", "--exclude-standard", "--", ...CODE),
  ]);
  return names.some(({ stdout }) => stdout !== "");
}
