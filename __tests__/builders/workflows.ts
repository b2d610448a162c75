import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";

const DIRECTORY = join(__dirname, "../../.github/workflows");

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Concurrency {
  readonly group: string;
  readonly "cancel-in-progress": boolean;
}
interface Job {
  readonly concurrency?: Concurrency;
  readonly if?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly "timeout-minutes": number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly defaults: unknown;
  readonly concurrency?: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** File -> its text. */
export const WORKFLOW_TEXTS = new Map(
  readdirSync(DIRECTORY).map((file) => [file, readFileSync(join(DIRECTORY, file), "utf8")] as const),
);

/** File -> what it says. */
export const WORKFLOWS = new Map(
  [...WORKFLOW_TEXTS].map(([file, text]) => [file, load(text) as Workflow] as const),
);

/** The script of the step of a job whose name begins so. */
export const scriptOf = (file: string, job: string, name: string): string =>
  WORKFLOWS.get(file)!.jobs[job]!.steps.find((step) => step.name?.startsWith(name))!.run!;
