import { existsSync, readFileSync, rmSync } from "node:fs";
import { z } from "zod";
import { writeFiles } from "../files/write-files";
import { rolloutCommand, type Where } from "./deploy-text";
import { DeployProblem } from "./deployer";

const requestSchema = z.strictObject({
  names: z.array(z.string()),
  accounts: z.array(z.string()),
  all: z.boolean(),
  /** Customer that goes first. */
  canary: z.string().optional(),
  /** Customers in one wave. */
  waveSize: z.number().int().min(1),
  /** Seconds between two waves. */
  soakSeconds: z.number().min(0),
  /** Stacks that may change. */
  limit: z.number().int().min(1),
});

const stackSchema = z.strictObject({
  /** `done` was deployed or had no changes; `failed` broke off, and its next plan shows the rest. */
  status: z.enum(["waiting", "done", "failed"]),
  /** Over the files of its synthesized directory when it was planned, in hex. */
  sha256: z.string(),
});

const rolloutSchema = z.strictObject({
  version: z.literal(1),
  /** What was asked for: a resume selects and sorts anew, because the data may have changed. */
  asked: requestSchema,
  waves: z.array(z.strictObject({ name: z.string(), stacks: z.array(z.string()) })),
  stacks: z.record(z.string(), stackSchema),
});

/** What `fleet deploy` was asked for. */
export type RolloutRequest = z.infer<typeof requestSchema>;
export type RolloutStatus = z.infer<typeof stackSchema>["status"];
/** An unfinished rollout, as `.fleet/rollout.json` holds it. */
export type Rollout = z.infer<typeof rolloutSchema>;

/** The file of an unfinished rollout: it is there from the first apply until everything is done. */
export class RolloutFile {
  constructor(
    readonly path: string,
    private readonly where: Where,
  ) {}

  get exists(): boolean {
    return existsSync(this.path);
  }

  /** Undefined when no rollout is unfinished. @throws DeployProblem when the file is none of ours */
  read(): Rollout | undefined {
    if (!this.exists) return undefined;
    try {
      return rolloutSchema.parse(JSON.parse(readFileSync(this.path, "utf8")));
    } catch (error) {
      const [first = ""] = (
        error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message
      ).split("\n");
      throw new DeployProblem(
        `${this.path} is not the file of a rollout (${first}): \`${rolloutCommand("--forget", this.where)}\` removes it. Then ` +
          "deploy what was asked for again; what is deployed already then shows no changes.",
      );
    }
  }

  write(rollout: Rollout): void {
    writeFiles(new Map([[this.path, `${JSON.stringify(rollout, null, 2)}\n`]]));
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** Ids of stacks by what became of them. */
export const stacksWith = ({ stacks }: Rollout, status: RolloutStatus): string[] =>
  Object.keys(stacks).filter((id) => stacks[id]!.status === status);
