import type { RolloutStack } from "../../rollout/fleet-stacks";
import { countPlan } from "../../rollout/judge-plan";
import { destroyOrder, inSteps } from "../../rollout/stack-order";
import { applyStacks, inParts } from "./apply-stacks";
import { DeployProblem } from "./deployer";
import type { DestroyedStack, DestroyResult } from "./destroy-result";
import { destroyText } from "./destroy-text";
import { planStacks, type Plans } from "./plan-stacks";
import { planTable } from "./plan-table";
import type { Session } from "./session";

export interface DestroyOptions {
  /** What was named. */
  readonly stacks: readonly RolloutStack[];
  /** Stacks that may go at most. */
  readonly limit: number;
  /** Every plan is printed. With one stack it always is. */
  readonly showPlans: boolean;
}

type Outcome = { readonly outcome: DestroyResult["outcome"]; readonly reason?: string };

/** One run of `fleet destroy`: pools first, then customers, then accounts. What is gone already is left out. */
export class DestroyRun {
  private readonly statuses = new Map<string, DestroyedStack["status"]>();
  private readonly byId: ReadonlyMap<string, RolloutStack>;
  private readonly ids: readonly string[];
  private plans: Plans = new Map();

  constructor(
    private readonly session: Session,
    private readonly options: DestroyOptions,
  ) {
    this.byId = new Map(options.stacks.map((stack) => [stack.id, stack]));
    this.ids = destroyOrder([...this.byId.keys()]);
    for (const id of this.ids) this.statuses.set(id, "waiting");
  }

  get result(): DestroyResult["stacks"] {
    return this.ids.map((stack) => ({
      stack,
      status: this.statuses.get(stack)!,
      destroys: this.plans.get(stack)?.map(({ address }) => address) ?? null,
    }));
  }

  /** @throws DeployProblem, RehearsalProblem, Stopped, NoAnswer */
  async run(): Promise<Outcome> {
    await this.session.open(this.ids);
    const stacks = this.ids.map((id) => this.byId.get(id)!);
    this.plans = await planStacks(this.session, stacks, "destroy");
    for (const id of this.ids) if (this.plans.get(id)!.length === 0) this.statuses.set(id, "unchanged");
    await this.show();
    const going = this.waiting(this.ids);
    if (going.length > this.options.limit)
      throw new DeployProblem(destroyText.tooMany(going.length, this.options.limit));
    if (going.length === 0) return { outcome: "unchanged" };
    if (!(await this.isApproved(going.map(({ id }) => id))))
      return { outcome: "declined", reason: "Nothing was destroyed." };
    for (const step of inSteps(this.ids)) {
      for (const part of inParts(this.waiting(step), this.session.options.parallelism)) {
        this.session.check();
        const problem = await this.applyPart(part);
        if (problem !== undefined) return { outcome: "failed", reason: problem };
      }
    }
    return { outcome: "destroyed" };
  }

  private async applyPart(part: readonly RolloutStack[]): Promise<string | undefined> {
    const { done, begun, failed, said } = await applyStacks(this.session, part, "destroy", this.plans);
    for (const id of done) this.statuses.set(id, "destroyed");
    for (const id of begun) this.statuses.set(id, "failed");
    this.session.check();
    if (failed.length === 0) return undefined;
    return destroyText.failed(failed, this.waiting(this.ids).length, said);
  }

  private async show(): Promise<void> {
    const rows = this.ids.map((stack) => ({ stack, counts: countPlan(this.plans.get(stack)!) }));
    for (const { id } of this.waiting(this.ids)) {
      if (this.options.showPlans || rows.length === 1)
        this.session.say(`${id}\n\n${(await this.session.deployer.planText(id)).trim()}\n\n`);
    }
    this.session.say(`${planTable(rows)}\n`);
  }

  /** Whoever types the names has read them. */
  private async isApproved(names: readonly string[]): Promise<boolean> {
    this.session.check();
    if (this.session.options.yes) return true;
    const answer = await this.session.ask(`\nTo destroy what is listed, type ${names.join(" ")}`);
    const typed = answer.split(/[\s,]+/).sort();
    return typed.join(" ") === [...names].sort().join(" ");
  }

  private readonly waiting = (ids: readonly string[]): RolloutStack[] =>
    ids.filter((id) => this.statuses.get(id) === "waiting").map((id) => this.byId.get(id)!);
}
