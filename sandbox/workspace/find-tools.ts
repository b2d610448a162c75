import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { RehearsalProblem } from "./rehearsal-problem";
import { runProgram } from "./run-program";

/** Terraform before 1.11 has no write-only arguments, Node before 20.9 not what cdktf and the tests use. */
const LEAST_TERRAFORM = "1.11.0";
const LEAST_NODE = "20.9.0";

/** Programs that a rehearsal runs. */
export interface Tools {
  readonly terraform: string;
  /** cdktf's script, to be run by Node. */
  readonly cdktf: string;
}

/**
 * Finds the programs and checks their versions.
 *
 * @param project the directory with package.json
 * @param environment where TERRAFORM_BINARY_NAME may name another Terraform, as for cdktf
 * @throws RehearsalProblem with what to install
 */
export async function findTools(project: string, environment: NodeJS.ProcessEnv): Promise<Tools> {
  checkNode(process.versions.node);
  const terraform = environment["TERRAFORM_BINARY_NAME"] ?? "terraform";
  checkTerraform(terraform, await terraformVersion(terraform, project));
  const cdktf = join(project, "node_modules/.bin/cdktf");
  if (!existsSync(cdktf)) throw new RehearsalProblem("cdktf is not installed: run `npm ci` first.");
  return { terraform, cdktf: realpathSync(cdktf) };
}

/** @throws RehearsalProblem when Node is too old */
export function checkNode(version: string): void {
  if (isAtLeast(version, LEAST_NODE)) return;
  throw new RehearsalProblem(
    `Node ${LEAST_NODE} or newer is needed, this is ${version}: install it from https://nodejs.org.`,
  );
}

/**
 * @param version undefined when there is no such program
 * @throws RehearsalProblem when Terraform is missing or too old
 */
export function checkTerraform(program: string, version: string | undefined): void {
  if (version !== undefined && isAtLeast(version, LEAST_TERRAFORM)) return;
  const found =
    version === undefined ? `\`${program}\` was not found on the PATH` : `\`${program}\` is ${version}`;
  const where = "https://developer.hashicorp.com/terraform/install";
  throw new RehearsalProblem(
    `Terraform ${LEAST_TERRAFORM} or newer is needed, but ${found}: install it from ${where}.`,
  );
}

/** @throws RehearsalProblem when the program is there and does not tell */
async function terraformVersion(program: string, cwd: string): Promise<string | undefined> {
  const untold = (reason: string): RehearsalProblem =>
    new RehearsalProblem(
      `\`${program} version -json\` did not tell a version (${reason}): TERRAFORM_BINARY_NAME or the PATH must lead to Terraform.`,
    );
  const env = { CHECKPOINT_DISABLE: "1" };
  const { code, stdout, stderr } = await runProgram(program, ["version", "-json"], { cwd, env }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return { code: undefined, stdout: "", stderr: "" };
      throw untold(error.message);
    },
  );
  if (code === undefined) return undefined;
  try {
    const { terraform_version: version } = JSON.parse(stdout) as { readonly terraform_version?: unknown };
    if (typeof version === "string") return version;
  } catch {
    // Said below, with more than a parser's words.
  }
  const [said = ""] = (stderr || stdout).trim().split("\n");
  throw untold(said === "" ? `exit code ${code}` : `exit code ${code}, ${said}`);
}

function isAtLeast(version: string, least: string): boolean {
  const [own, wanted] = [version, least].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  const difference = wanted!.map((part, index) => own![index]! - part).find((each) => each !== 0);
  return difference === undefined || difference > 0;
}
