import type { ApplyListener, Deployer, StackEnd } from "../../cli/deploy/deployer";
import type { PlannedChange } from "../../rollout/judge-plan";

/** Plans what it is told and applies all of it at once; no cloud, no Terraform. */
export class PretendedDeployer implements Deployer {
  /** `plan customer-abc`, `deploy customer-abc customer-xyz`, in their order. */
  readonly did: string[] = [];

  /** @param changesOf what the plan of a stack does. @default makes one object */
  constructor(
    private readonly changesOf: (stack: string) => readonly PlannedChange[] = (stack) => [
      { address: `google_compute_address.${stack}`, action: "create" },
    ],
  ) {}

  /** Stacks that were deployed. */
  get deployed(): string[] {
    return this.did.flatMap((each) => (each.startsWith("deploy ") ? each.split(" ").slice(1) : []));
  }

  plan(stack: string): Promise<readonly PlannedChange[]> {
    this.did.push(`plan ${stack}`);
    return Promise.resolve(this.changesOf(stack));
  }

  planText(stack: string): Promise<string> {
    return Promise.resolve(`\nTerraform will do something to ${stack}.\n\n`);
  }

  bring(): void {
    throw new Error("nothing is to be brought");
  }

  deploy(stacks: readonly string[], listener: ApplyListener): Promise<ReadonlyMap<string, StackEnd>> {
    this.did.push(`deploy ${stacks.join(" ")}`);
    const end = { end: "done", said: "" } as const;
    for (const stack of stacks) listener.ended(stack, end);
    return Promise.resolve(new Map(stacks.map((stack) => [stack, end])));
  }

  destroy(): never {
    throw new Error("nothing is to be destroyed");
  }

  interrupt(): Promise<void> {
    this.did.push("interrupt");
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
