import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { installOnce } from "../install-once";

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
 * Installs Checkov below node_modules/.cache, where it is not there.
 *
 * @returns the Python that has Checkov
 * @throws Error when Python 3.10 with venv, or PyPI, is missing
 */
export const installCheckov = (): string =>
  installOnce(homeOfCheckov(), PYTHON, (beside) => {
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
    } catch (error) {
      throw new Error("Checkov cannot be installed: it needs python3, 3.10 or newer, with venv, and PyPI", {
        cause: error,
      });
    }
  });
