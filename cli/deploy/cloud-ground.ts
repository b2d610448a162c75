import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { findTools, type Tools } from "../../sandbox/workspace/find-tools";
import { type ProgramResult, runProgram } from "../../sandbox/workspace/run-program";
import { readStack } from "../../sandbox/workspace/stack-configuration";
import type { Ground } from "./ground";
import { ownEnvironment } from "./own-environment";

export interface CloudGroundOptions {
  /** The committed output: Terraform runs in its directories. */
  readonly synthesized: string;
  /** For the manifest that names the stacks of a step. Emptied first. */
  readonly scratch: string;
  /** With cdktf.json and node_modules. */
  readonly project: string;
  /** True after Ctrl-C: then nothing is begun that waited for an init. */
  readonly isStopped: () => boolean;
}

const INTERRUPTED: ProgramResult = { code: 130, stdout: "", stderr: "Interrupted." };

/**
 * The real clouds, as whoever is logged in.
 * @throws RehearsalProblem when Terraform or cdktf is missing or too old; DeployProblem when the environment misleads them
 */
export async function cloudGround(options: CloudGroundOptions): Promise<Ground> {
  return new CloudGround(options, await findTools(options.project, process.env));
}

class CloudGround implements Ground {
  readonly environment: Record<string, string> = { CHECKPOINT_DISABLE: "1", ...ownEnvironment(process.env) };
  /** Providers are installed into a cache that two of Terraform must not write at once. */
  private initialised: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: CloudGroundOptions,
    private readonly tools: Tools,
  ) {
    rmSync(options.scratch, { recursive: true, force: true });
    mkdirSync(options.scratch, { recursive: true });
  }

  get terraformProgram(): string {
    return this.tools.terraform;
  }

  async terraform(stack: string, args: readonly string[]): Promise<ProgramResult> {
    const cwd = this.directoryOf(stack);
    const init = this.initialised.then(() => (this.options.isStopped() ? INTERRUPTED : this.init(cwd)));
    this.initialised = init.catch(() => undefined);
    const problem = await init;
    if (problem || this.options.isStopped()) return problem ?? INTERRUPTED;
    return this.run(this.tools.terraform, args, cwd);
  }

  cdktf(command: "deploy" | "destroy", stacks: readonly string[]): Promise<ProgramResult> {
    const { scratch, project } = this.options;
    writeFileSync(join(scratch, "manifest.json"), this.manifestOf(stacks));
    const fixed = ["--skip-synth", "--skip-provider-lock", "--auto-approve"];
    const where = ["--parallelism", String(stacks.length), "--output", scratch];
    const args = [this.tools.cdktf, command, ...fixed, ...where, ...stacks];
    return this.run(process.execPath, args, project);
  }

  close(): Promise<void> {
    rmSync(this.options.scratch, { recursive: true, force: true });
    return Promise.resolve();
  }

  /** cdktf joins the directory of the manifest and each stack's, so the committed directories themselves are deployed. */
  private manifestOf(stacks: readonly string[]): string {
    const entries = stacks.map((name) => {
      const workingDirectory = relative(this.options.scratch, this.directoryOf(name));
      const synthesizedStackPath = join(workingDirectory, "cdk.tf.json");
      return [
        name,
        {
          name,
          constructPath: name,
          workingDirectory,
          synthesizedStackPath,
          annotations: [],
          dependencies: [],
        },
      ] as const;
    });
    return `${JSON.stringify({ version: "0.21.0", stacks: Object.fromEntries(entries) as object }, null, 2)}\n`;
  }

  /** Once, and again when the stack asks for other providers or another backend. */
  private async init(directory: string): Promise<ProgramResult | undefined> {
    const marker = join(directory, ".terraform", "fleet-init");
    const wanted = createHash("sha256")
      .update(JSON.stringify(readStack(directory).terraform ?? {}))
      .digest("hex");
    if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return undefined;
    const result = await this.run(this.tools.terraform, ["init", "-input=false", "-no-color"], directory);
    if (result.code !== 0) return result;
    mkdirSync(join(directory, ".terraform"), { recursive: true });
    writeFileSync(marker, wanted);
    return undefined;
  }

  private run(program: string, args: readonly string[], cwd: string): Promise<ProgramResult> {
    return runProgram(program, args, { cwd, env: this.environment });
  }

  private directoryOf(stack: string): string {
    return join(this.options.synthesized, "stacks", stack);
  }
}
