import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { CODE, gitBase } from "../../../cli/review/git-base";

let folder: string;
const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@acme.example", ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
const write = (path: string, text: string): void => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const commit = (): string => {
  git("add", "-A");
  git("commit", "-q", "-m", "x");
  return git("rev-parse", "HEAD");
};
const take = (ref: string, root = folder) =>
  gitBase(ref, root, join(root, "accounts"), mkdtempSync(join(folder, "into-")));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fleet-git-base-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("gitBase", () => {
  it("has accounts and synthesized/ of the commit from which the work began, not of what others did since", async () => {
    git("init", "-q", "-b", "main");
    write("repository/synthesized/manifest.json", "before");
    write("repository/accounts/defaults.yaml", "before");
    write(".gitignore", "into-*\n");
    const first = commit();
    git("checkout", "-q", "-b", "work");
    write("repository/synthesized/manifest.json", "mine");
    commit();
    git("checkout", "-q", "main");
    write("repository/synthesized/manifest.json", "theirs");
    commit();
    git("checkout", "-q", "work");

    const base = await take("main", join(folder, "repository"));
    expect(base).toMatchObject({ name: "main", commit: first });
    expect(readFileSync(join(base.synthesized, "manifest.json"), "utf8")).toBe("before");
    expect(readFileSync(join(base.accounts, "defaults.yaml"), "utf8")).toBe("before");
    expect(git("status", "--short")).toBe("");
  });

  it("knows when what makes synthesized/ is another, committed or not", async () => {
    git("init", "-q", "-b", "main");
    write("synthesized/manifest.json", "{}");
    write("render/a.ts", "1");
    write(".gitignore", "into-*\n");
    commit();
    write("docs/a.md", "other");
    write("__tests__/a.test.ts", "other");
    expect((await take("main")).hasOtherCode).toBeUndefined();
    write("render/b.ts", "1");
    expect((await take("main")).hasOtherCode).toBe(true);
    rmSync(join(folder, "render/b.ts"));
    write("render/a.ts", "2");
    expect((await take("main")).hasOtherCode).toBe(true);
  });

  it("takes the named commit itself where there is no common one, and says so", async () => {
    git("init", "-q", "-b", "main");
    write("synthesized/manifest.json", "{}");
    write(".gitignore", "into-*\n");
    const named = commit();
    expect((await take("main")).isTip).toBeUndefined();
    git("checkout", "-q", "--orphan", "work");
    write("synthesized/manifest.json", "{ }");
    commit();
    expect(await take("main")).toMatchObject({ commit: named, isTip: true });
  });

  it("says what is missing, and what to do", async () => {
    await expect(take("main")).rejects.toThrow(
      /is in no repository of git: name a folder .*--base-dir <directory>/,
    );
    git("init", "-q", "-b", "main");
    write("README.md", "x");
    const only = commit();
    await expect(take("nowhere")).rejects.toThrow(
      "git knows no commit nowhere: fetch it (git fetch origin), name another with --base <ref>, " +
        "or name a folder with the synthesized/ of before: --base-dir <directory>.",
    );
    await expect(take("--all")).rejects.toThrow("git knows no commit --all");
    await expect(take("main")).rejects.toThrow(
      `Commit ${only.slice(0, 12)} (main) has no synthesized/ below ${folder}`,
    );
  });

  it("names the default branch of a clone that has another than main", async () => {
    git("init", "-q", "-b", "trunk");
    write("README.md", "x");
    git("update-ref", "refs/remotes/origin/trunk", commit());
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
    await expect(take("origin/main")).rejects.toThrow(
      "name another with --base <ref> (the default branch of origin is here as origin/trunk), or name a folder",
    );
  });

  it("says when there is no git", async () => {
    const before = process.env["PATH"];
    process.env["PATH"] = folder;
    try {
      await expect(take("main")).rejects.toThrow("git is not on the PATH: install it, or name a folder");
    } finally {
      process.env["PATH"] = before;
    }
  });
});

describe("CODE", () => {
  it("has every file and folder of this project that main.ts runs", () => {
    const { metafile } = buildSync({
      ...{ entryPoints: ["main.ts"], bundle: true, packages: "external", platform: "node" },
      ...{ metafile: true, write: false, outdir: "unwritten" },
    });
    const run = new Set(Object.keys(metafile.inputs).map((path) => path.split("/")[0]!));
    expect([...run].filter((name) => !CODE.includes(name))).toEqual([]);
    expect(run).toContain("render");
  });
});
