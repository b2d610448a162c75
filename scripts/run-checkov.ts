import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ANSWERS, CHECKOV_VERSION } from "./checkov/answers";
import { checkovFiles } from "./checkov/checkov-files";
import { type CheckovReport, judgeCheckov } from "./checkov/judge-checkov";

/**
 * `npm run checkov [-- <directory of stacks>]`: Checkov over the synthesized output. Ends with 1 when there is a finding
 * without an answer, or an answer without a finding. The first run installs it below node_modules/.cache, from PyPI.
 */
const REQUIREMENTS = join(__dirname, "checkov/requirements.txt");
const stacks = resolve(process.argv[2] ?? "synthesized/stacks");
const program = install();
const addresses: string[] = [];
const input = mkdtempSync(join(tmpdir(), "fleet-checkov-"));
try {
  for (const stack of readdirSync(stacks)) {
    const text = readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8");
    mkdirSync(join(input, stack));
    for (const [file, content] of checkovFiles(JSON.parse(text) as Record<string, unknown>)) {
      addresses.push(file.replace(/\.tf\.json$/, ""));
      writeFileSync(join(input, stack, file), content);
    }
  }
  const { open, answered, passed, outdated, unused } = judgeCheckov(run(program, input), ANSWERS, addresses);
  for (const finding of open) console.error(finding);
  for (const { check, on } of outdated)
    console.error(`${on}  ${check}: Checkov does not find it any more; take the answer away`);
  for (const { check, on } of unused)
    console.error(`note: the answer to ${check} on ${on} is about nothing here`);
  if (open.length > 0 || outdated.length > 0) {
    console.error(
      "\nMend what is right; answer the rest in scripts/checkov/answers.ts, with the reason (npm run docs).",
    );
    process.exitCode = 1;
  }
  console.log(
    `Checkov ${CHECKOV_VERSION}: ${passed} checks passed, ${answered} findings answered, ${open.length} open`,
  );
} finally {
  rmSync(input, { recursive: true });
}

function run(checkov: string, directory: string): CheckovReport {
  const { stdout, stderr, error } = spawnSync(
    checkov,
    // --skip-download: it asks nobody. It ends with 1 for any finding, so its code says nothing.
    [
      "--directory",
      directory,
      "--framework",
      "terraform_json",
      "--skip-download",
      "--compact",
      "--quiet",
      "--output",
      "json",
    ],
    { encoding: "utf8", maxBuffer: 1e9 },
  );
  if (error) throw error;
  try {
    return JSON.parse(stdout) as CheckovReport;
  } catch {
    throw new Error(`Checkov gave no report:\n${stderr.slice(-2000)}`);
  }
}

function install(): string {
  const home = resolve(__dirname, "..", "node_modules/.cache/checkov", CHECKOV_VERSION);
  const checkov = join(home, "bin/checkov");
  const mark = join(home, "complete");
  const wanted = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return checkov;
  rmSync(home, { recursive: true, force: true });
  try {
    execFileSync("python3", ["-m", "venv", home], { stdio: "inherit" });
    execFileSync(
      join(home, "bin/pip"),
      [
        "install",
        "--quiet",
        "--disable-pip-version-check",
        // Nothing is run to install it, and nothing is taken that is not named by its hash.
        "--only-binary=:all:",
        "--require-hashes",
        "--requirement",
        REQUIREMENTS,
      ],
      { stdio: "inherit" },
    );
  } catch (error) {
    throw new Error("Checkov cannot be installed: it needs python3, 3.10 or newer, with venv, and PyPI", {
      cause: error,
    });
  }
  writeFileSync(`${mark}.new`, wanted);
  renameSync(`${mark}.new`, mark);
  return checkov;
}
