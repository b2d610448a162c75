import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { isAlive } from "../../sandbox/workspace/is-alive";

/** From PyPI; what it brings is in requirements.txt, with hashes. A newer one may find more: mend or waive it with the upgrade. */
export const CHECKOV_VERSION = "3.3.30";

const REQUIREMENTS = join(__dirname, "requirements.txt");
const CACHE = resolve(__dirname, "../..", "node_modules/.cache/checkov");

/** What it is started with, below its directory. Its script `checkov` names the directory that it was installed in, so it is not used. */
const PYTHON = "bin/python";
export const CHECKOV_MODULE = ["-I", "-m", "checkov.main"];

/** Where this version, with these requirements, is or will be. */
function homeOfCheckov(): string {
  const requirements = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex");
  return join(CACHE, `${CHECKOV_VERSION}-${requirements.slice(0, 12)}`);
}

/** The Python that has Checkov; undefined while it is not installed. */
export function installedCheckov(): string | undefined {
  const python = join(homeOfCheckov(), PYTHON);
  return existsSync(python) ? python : undefined;
}

/**
 * Installs Checkov below node_modules/.cache, where it is not there. It is made beside its place and moved there as a
 * whole: one that was interrupted is not taken for one that is there, and two at a time do not disturb each other.
 *
 * @returns the Python that has Checkov
 * @throws Error when Python 3.10 with venv, or PyPI, is missing
 */
export function installCheckov(): string {
  const installed = installedCheckov();
  if (installed !== undefined) return installed;
  mkdirSync(CACHE, { recursive: true });
  for (const left of readdirSync(CACHE)) {
    const pid = /\.new-(\d+)$/.exec(left)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(CACHE, left), { recursive: true });
  }
  const home = homeOfCheckov();
  const beside = `${home}.new-${process.pid}`;
  rmSync(beside, { recursive: true, force: true });
  try {
    execFileSync("python3", ["-m", "venv", beside], { stdio: "inherit" });
    execFileSync(
      join(beside, PYTHON),
      [
        ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
        // Nothing is run to install it, and nothing is taken that is not named by its hash.
        ...["--only-binary=:all:", "--require-hashes", "--requirement", REQUIREMENTS],
      ],
      { stdio: "inherit" },
    );
    putInPlace(beside, home);
  } catch (error) {
    throw new Error("Checkov cannot be installed: it needs python3, 3.10 or newer, with venv, and PyPI", {
      cause: error,
    });
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return join(home, PYTHON);
}

/** Of two that were installed at once the first one stays: somebody may be running it. */
function putInPlace(beside: string, home: string): void {
  try {
    renameSync(beside, home);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  }
}
