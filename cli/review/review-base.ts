import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { runProgram } from "../../sandbox/workspace/run-program";
import { DeployProblem } from "../deploy/deployer";

/** The state before the change. */
export interface Base {
  /** As it was asked for. */
  readonly name: string;
  readonly commit?: string;
  /** No common ancestor is here, as in a shallow clone: what others have done since counts as part of the change. */
  readonly isTip?: true;
  /** What makes synthesized/ of the accounts is not what it was: each stack may have to be made anew. */
  readonly hasOtherCode?: true;
  /** Its accounts; may not exist. */
  readonly accounts: string;
  readonly synthesized: string;
}

/** What synthesis runs. */
const CODE = [
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

const WAY_OUT = "or name a folder with the synthesized/ of before: --base-dir <directory>";

/** A folder that has accounts/ and synthesized/ as they were. @throws DeployProblem when it has not */
export function folderBase(folder: string): Base {
  const synthesized = join(folder, "synthesized");
  if (!existsSync(join(synthesized, "manifest.json")))
    throw new DeployProblem(`${folder} is no base: it has no synthesized/manifest.json.`);
  return { name: folder, accounts: join(folder, "accounts"), synthesized };
}

/**
 * Takes accounts and synthesized/ out of git, as they were at the commit from which the work began: what others have done
 * on the base since is no part of the change.
 *
 * @param root directory of both folders, inside a repository
 * @param into an existing directory for the copies
 * @throws DeployProblem when there is no git, no such commit, or nothing synthesized in it
 */
export async function gitBase(ref: string, root: string, accounts: string, into: string): Promise<Base> {
  const git = async (...args: readonly string[]) => {
    try {
      return await runProgram("git", args, { cwd: root });
    } catch {
      throw new DeployProblem(`git is not on the PATH: install it, ${WAY_OUT}.`);
    }
  };
  if ((await git("rev-parse", "--git-dir")).code !== 0)
    throw new DeployProblem(`${root} is in no repository of git: ${WAY_OUT.replace(/^or /, "")}.`);
  const named = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
  if (named.code !== 0) {
    const first = await git("rev-parse", "--abbrev-ref", "origin/HEAD");
    const other = first.code === 0 && first.stdout.trim() !== ref ? first.stdout.trim() : undefined;
    throw new DeployProblem(
      `git knows no commit ${ref}: fetch it (git fetch origin), name another with --base <ref>` +
        `${other === undefined ? "" : ` (the default branch of origin is here as ${other})`}, ${WAY_OUT}.`,
    );
  }
  const tip = named.stdout.trim();
  const common = await git("merge-base", tip, "HEAD");
  const commit = common.code === 0 ? common.stdout.trim() : tip;
  const there = (await git("ls-tree", "--name-only", commit)).stdout.split("\n");
  const folders = ["synthesized", basename(accounts)].filter((name) => there.includes(name));
  if (!folders.includes("synthesized"))
    throw new DeployProblem(
      `Commit ${commit.slice(0, 12)} (${ref}) has no synthesized/ below ${root}: commit it there first, ${WAY_OUT}.`,
    );
  const archive = join(into, "base.tar");
  const written = await git("archive", "--format=tar", `--output=${archive}`, commit, "--", ...folders);
  const unpacked =
    written.code === 0 ? await runProgram("tar", ["-xf", archive, "-C", into], { cwd: into }) : written;
  if (unpacked.code !== 0)
    throw new DeployProblem(`The base cannot be taken out of git:\n${unpacked.stderr.trimEnd()}`);
  const code = await Promise.all([
    git("diff", "--name-only", commit, "--", ...CODE),
    git("ls-files", "--others", "--exclude-standard", "--", ...CODE),
  ]);
  return {
    name: ref,
    commit,
    ...(common.code !== 0 && { isTip: true }),
    ...(code.some(({ stdout }) => stdout !== "") && { hasOtherCode: true }),
    accounts: join(into, basename(accounts)),
    synthesized: join(into, "synthesized"),
  };
}
