import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PretendedMachines } from "./machines/pretended-machines";
import { Refusal } from "./protocol/diagnostic";
import { servePlugins } from "./protocol/plugin-server";
import { offlineProviders } from "./providers";
import { CloudStore } from "./store/cloud-store";
import { terraformEnvironment } from "./terraform-environment";
import { assumeObjects } from "./workspace/assume-objects";
import { assumeSecrets } from "./workspace/assume-secrets";
import { lockDirectory } from "./workspace/directory-lock";
import { findTools } from "./workspace/find-tools";
import { liftPreventDestroy, liftProtections } from "./workspace/lift-protections";
import { readPlannedObjects } from "./workspace/plan-actions";
import { RehearsalProblem } from "./workspace/rehearsal-problem";
import { interruptPrograms, programsEnded, runProgram } from "./workspace/run-program";
import { setSecrets } from "./workspace/secrets-environment";
import { readStack } from "./workspace/stack-configuration";
import { isDeployed } from "./workspace/terraform-state";
import { copyStacks } from "./workspace/working-copy";
import type { PlannedObject } from "../rollout/planned-object";
import type { Values } from "./protocol/value";
import type { PluginServers } from "./protocol/plugin-server";
import type { AssumedObject } from "./workspace/assume-objects";
import type { Tools } from "./workspace/find-tools";
import type { LiftedProtections } from "./workspace/lift-protections";
import type { ProgramResult } from "./workspace/run-program";
import type { WorkingCopies } from "./workspace/working-copy";

export interface RehearsalOptions {
  /** What cdktf wrote: manifest.json and stacks/. Only read. @default nothing yet: call `copy` first */
  readonly synthesized?: string;
  /** Where copies, states and clouds are kept from one rehearsal to the next. Made when it is missing. */
  readonly directory: string;
  /** The directory with cdktf.json and node_modules. @default the current directory */
  readonly project?: string;
  /** Milliseconds since 1970, for times of creation in the clouds. @default the system's clock */
  readonly clock?: () => number;
  /** Added to what Terraform and cdktf find in their environment, such as TF_VAR_…. @default nothing */
  readonly environment?: Readonly<Record<string, string>>;
  /** Stacks that cdktf works on at a time. @default 1 */
  readonly parallelism?: number;
  /** What random_password gives for its settings, for whoever looks for it afterwards. @default a text by chance */
  readonly drawPassword?: (settings: Values) => string;
}

const PLAN_FILE = "rehearsal.tfplan";

/**
 * Starts the offline providers and prepares a working copy of every stack.
 * @throws RehearsalProblem when a program is missing or too old, or the output cannot be rehearsed
 */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const project = resolve(options.project ?? ".");
  const directory = resolve(options.directory);
  const tools = await findTools(project, process.env);
  const unlock = lockDirectory(directory);
  const store = new CloudStore(join(directory, "clouds.json"), directory);
  try {
    const servers = await servePlugins(offlineProviders(store, options.clock, options.drawPassword));
    const rehearsal = new Rehearsal({
      project,
      directory,
      tools,
      unlock,
      store,
      servers,
      machines: await PretendedMachines.start(join(directory, "ssh"), store),
      environment: options.environment ?? {},
      parallelism: options.parallelism ?? 1,
    });
    try {
      if (options.synthesized !== undefined) await rehearsal.copy(options.synthesized);
      return rehearsal;
    } catch (error) {
      await rehearsal.close();
      throw error;
    }
  } catch (error) {
    unlock();
    throw error;
  }
}

interface Parts {
  readonly project: string;
  readonly directory: string;
  readonly tools: Tools;
  readonly unlock: () => void;
  readonly store: CloudStore;
  readonly servers: PluginServers;
  readonly machines: PretendedMachines;
  readonly environment: Readonly<Record<string, string>>;
  readonly parallelism: number;
}

/** Real Terraform and real cdktf on copies of the synthesized stacks, against pretended clouds. */
export class Rehearsal {
  /** What the pretended clouds hold, and the file that can be edited. */
  readonly store: CloudStore;
  /** The pretended Linodes, as SSH sees them. */
  readonly machines: PretendedMachines;
  /**
   * What Terraform and cdktf find in their environment. A test may add to it: a variable that is set here wins over the
   * random value that a secret has otherwise. `copy` sets the versions of the secrets to those that the stacks want.
   */
  readonly environment: Record<string, string>;
  /** Objects that no stack creates and that are there all the same. */
  assumed: readonly AssumedObject[] = [];
  private copies: WorkingCopies = { synthesized: new Map(), leftOver: new Map() };

  constructor(private readonly parts: Parts) {
    this.store = parts.store;
    this.machines = parts.machines;
    this.environment = {
      ...terraformEnvironment(parts.directory, parts.servers.reattach),
      ...parts.machines.environment,
      ...parts.environment,
    };
  }

  /** The ids of the synthesized stacks, in the manifest's order. */
  get stacks(): readonly string[] {
    return [...this.copies.synthesized.keys()];
  }

  /** Stacks that are deployed and no longer synthesized: their copies are as they were. */
  get leftOver(): readonly string[] {
    return [...this.copies.leftOver.keys()];
  }

  /**
   * Takes over a new output of cdktf. States and clouds stay.
   * @throws RehearsalProblem when the output cannot be rehearsed, or a file of states or clouds is broken
   */
  async copy(synthesized: string): Promise<void> {
    const served = Object.keys(this.parts.servers.reattach);
    this.copies = copyStacks(resolve(synthesized), this.parts.directory, served);
    try {
      this.store.sync();
    } catch (error) {
      throw error instanceof Refusal ? new RehearsalProblem(`${error.message}.`) : error;
    }
    this.assumed = assumeObjects(this.copies.synthesized, this.store);
    setSecrets(this.copies.synthesized.values(), this.environment);
    await this.store.commit();
  }

  /** Runs a Terraform command in a stack's copy, after `init` if that is due. Never asks and never throws for a failure. */
  async terraform(
    stack: string,
    args: readonly string[],
    onLine?: (line: string) => void,
  ): Promise<ProgramResult> {
    const cwd = this.directoryOf(stack);
    const isDue = initIsDue(cwd);
    if (isDue) {
      const init = await this.run(
        this.parts.tools.terraform,
        ["init", "-input=false", "-no-color", "-reconfigure"],
        cwd,
      );
      if (init.code !== 0) return init;
      isDue.done();
    }
    return this.run(this.parts.tools.terraform, args, cwd, onLine);
  }

  /**
   * What `terraform apply` would do now.
   * @throws RehearsalProblem with Terraform's own words when the plan fails
   */
  async plan(stack: string): Promise<PlannedObject[]> {
    await this.succeed(stack, ["plan", "-input=false", "-no-color", `-out=${PLAN_FILE}`]);
    return readPlannedObjects(await this.succeed(stack, ["show", "-json", PLAN_FILE]));
  }

  /** @throws RehearsalProblem with Terraform's own words when it fails */
  async apply(stack: string): Promise<void> {
    await this.succeed(stack, ["apply", "-input=false", "-no-color", "-auto-approve"]);
  }

  /** @throws RehearsalProblem with Terraform's own words when it fails, as for what is protected */
  async destroy(stack: string): Promise<void> {
    await this.succeed(stack, ["destroy", "-input=false", "-no-color", "-auto-approve"]);
  }

  /** The real `cdktf deploy` of these stacks, one after the other in the given order. */
  cdktfDeploy(stacks: readonly string[], onLine?: (line: string) => void): Promise<ProgramResult> {
    return this.cdktf("deploy", stacks, onLine);
  }

  /** The real `cdktf destroy` of these stacks, one after the other in the given order. */
  cdktfDestroy(stacks: readonly string[], onLine?: (line: string) => void): Promise<ProgramResult> {
    return this.cdktf("destroy", stacks, onLine);
  }

  /** Runs any cdktf command on the copies. */
  cdktf(command: string, args: readonly string[], onLine?: (line: string) => void): Promise<ProgramResult> {
    const fixed = [
      "--skip-synth",
      "--skip-provider-lock",
      "--auto-approve",
      "--parallelism",
      String(this.parts.parallelism),
      "--output",
      this.parts.directory,
    ];
    // cdktf runs init itself, every time.
    return this.run(
      process.execPath,
      [this.parts.tools.cdktf, command, ...fixed, ...args],
      this.parts.project,
      onLine,
    );
  }

  /**
   * Lets everything that was deployed of a stack be destroyed, whatever its configuration says now. The next `copy`
   * puts the configuration back, and the next apply the protections of what is still there.
   */
  liftProtections(stack: string): Promise<LiftedProtections> {
    return liftProtections(this.parts.directory, stack, this.directoryOf(stack), this.store);
  }

  /** Lets the next plan of a stack say what it would destroy, whatever `prevent_destroy` says; the next `copy` undoes it. */
  liftPreventDestroy(stack: string): void {
    liftPreventDestroy(this.directoryOf(stack));
  }

  /** Makes the secrets that people made and that these stacks read, where they are missing. */
  async assumeSecrets(stacks: readonly string[]): Promise<void> {
    this.store.sync();
    assumeSecrets(
      stacks.map((stack) => this.directoryOf(stack)),
      this.store,
    );
    await this.store.commit();
  }

  /** True when Terraform has objects of the stack in its state. */
  isDeployed(stack: string): boolean {
    return isDeployed(this.parts.directory, stack);
  }

  /** Asks Terraform to stop in good order. What is under way then fails; `close` waits for it. */
  async interrupt(): Promise<void> {
    await interruptPrograms();
  }

  /** Waits for programs under way, writes what is not written yet and stops the providers. */
  async close(): Promise<void> {
    await programsEnded();
    this.parts.servers.close();
    await this.machines.close();
    this.store.close();
    this.parts.unlock();
  }

  private async succeed(stack: string, args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.terraform(stack, args);
    if (code !== 0) {
      const said = (stderr || stdout).trimEnd();
      throw new RehearsalProblem(`terraform ${args[0]} of ${stack} failed:\n${said}`);
    }
    return stdout;
  }

  private run(
    program: string,
    args: readonly string[],
    cwd: string,
    onLine?: (line: string) => void,
  ): Promise<ProgramResult> {
    return runProgram(program, args, { cwd, env: this.environment, ...(onLine && { onLine }) });
  }

  private directoryOf(stack: string): string {
    const directory = this.copies.synthesized.get(stack) ?? this.copies.leftOver.get(stack);
    if (!directory)
      throw new RehearsalProblem(`There is no stack ${stack}; there are ${this.stacks.join(", ")}.`);
    return directory;
  }
}

/** Init is needed once, and again when a stack asks for other providers: the backend of a copy never changes. */
function initIsDue(directory: string): { readonly done: () => void } | undefined {
  const marker = join(directory, ".terraform", "rehearsal-init");
  const wanted = createHash("sha256")
    .update(JSON.stringify(readStack(directory).terraform?.required_providers ?? {}))
    .digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return undefined;
  return { done: () => writeFileSync(marker, wanted) };
}
