import { join } from "node:path";
import type { RolloutStack } from "../../rollout/fleet-stacks";
import { countPlan, destroysOf, type PlannedChange, routineOf } from "../../rollout/judge-plan";
import { stacksOf, type Wave } from "../../rollout/plan-waves";
import { ageText } from "../keeper/duration";
import type { BroughtSecret } from "../secrets/stack-secrets";
import { applyStacks, inParts } from "./apply-stacks";
import { bringSecrets } from "./bring-secrets";
import type { DeployedStatus, DeployResult } from "./deploy-result";
import { deployText } from "./deploy-text";
import { DeployProblem } from "./deployer";
import { planStacks, type Plans } from "./plan-stacks";
import { counted } from "../../model/counted";
import { planTable } from "./plan-table";
import type { Rollout, RolloutRequest, RolloutStatus } from "./rollout-file";
import type { Session } from "./session";
import { stackHash } from "./stack-files";

export interface DeployOptions {
  readonly request: RolloutRequest;
  /** What an earlier run of the same rollout has left. */
  readonly earlier?: Rollout;
  /** Selected stacks, in waves. */
  readonly waves: readonly Wave[];
  readonly stacks: ReadonlyMap<string, RolloutStack>;
  /** What people bring to Terraform, by stack. */
  readonly secrets: ReadonlyMap<string, readonly BroughtSecret[]>;
  /** Every plan is printed. With one stack it always is. */
  readonly showPlans: boolean;
  /** Said anew for each run: what a resume would destroy is not what the first run has shown. */
  readonly allowDestroys: boolean;
}

type Outcome = { readonly outcome: DeployResult["outcome"]; readonly reason?: string };

/** One run of `fleet deploy`, from the first plan to the last apply. */
export class DeployRun {
  private readonly statuses = new Map<string, DeployedStatus>();
  private readonly hashes = new Map<string, string>();
  private plans: Plans = new Map();

  constructor(
    private readonly session: Session,
    private readonly options: DeployOptions,
  ) {
    for (const id of this.ids) this.statuses.set(id, "waiting");
  }

  /** What is known of each stack, in order. */
  get result(): DeployResult["stacks"] {
    return this.options.waves.flatMap((wave) =>
      stacksOf(wave).map((stack) => {
        const plan = this.plans.get(stack);
        return {
          stack,
          wave: wave.name,
          status: this.statuses.get(stack)!,
          plan: plan ? countPlan(plan) : null,
          destroys: destroysOf(plan ?? []).map(({ action, address }) => `${action} ${address}`),
        };
      }),
    );
  }

  /** @throws DeployProblem, RehearsalProblem, Stopped, NoAnswer */
  async run(): Promise<Outcome> {
    await this.session.open(this.ids);
    this.skipDone();
    const due = this.withStatus("waiting");
    this.plans = await planStacks(this.session, due, "deploy");
    for (const { id } of due) if (this.changesOf(id).length === 0) this.statuses.set(id, "unchanged");
    await this.show();
    const changing = this.withStatus("waiting");
    this.refuseTooMany(changing);
    this.refuseDestroys(changing);
    if (changing.length === 0) {
      this.session.file.remove();
      return { outcome: "unchanged" };
    }
    if (!(await this.isApproved(changing))) return { outcome: "declined", reason: "Nothing was deployed." };
    this.save();
    return this.applyWaves();
  }

  private async applyWaves(): Promise<Outcome> {
    const { waves } = this.options;
    const due = waves.filter((wave) => this.waitingIn(wave).length > 0);
    for (const [index, wave] of due.entries()) {
      const last = due[index - 1];
      if (last && !(await this.mayGoOn(last, due.length - index)))
        return { outcome: "stopped", reason: deployText.stopped(this.withStatus("waiting").length) };
      this.session.say(`\n${deployText.waveTitle(wave, this.waitingIn(wave).length)}\n`);
      for (const step of wave.steps) {
        for (const part of inParts(this.waiting(step), this.session.options.parallelism)) {
          this.session.check();
          const problem = await this.applyPart(part);
          if (problem !== undefined) return { outcome: "failed", reason: problem };
        }
      }
    }
    this.session.file.remove();
    return { outcome: "deployed" };
  }

  /** Applies stacks that need not one another. @returns what went wrong */
  private async applyPart(part: readonly RolloutStack[]): Promise<string | undefined> {
    const problem =
      this.changedSince(part) ?? (await bringSecrets(this.session, part, this.options.secrets, this.plans));
    if (problem !== undefined) return deployText.notBegun(part, this.withStatus("waiting").length, problem);
    const { done, begun, failed, said } = await applyStacks(this.session, part, "deploy", this.plans);
    for (const id of done) this.statuses.set(id, "deployed");
    for (const id of begun) this.statuses.set(id, "failed");
    this.save();
    this.session.check();
    if (failed.length === 0) return undefined;
    return deployText.failed(failed, this.withStatus("waiting").length, said);
  }

  /** Somebody may switch the branch during a soak, and provisioners read files when they run. @returns what is wrong */
  private changedSince(part: readonly RolloutStack[]): string | undefined {
    const changed = part.filter(({ id }) => this.hashOf(id) !== this.hashes.get(id)).map(({ id }) => id);
    if (changed.length === 0) return undefined;
    return `The files of ${changed.join(", ")} have changed since the plans were shown.`;
  }

  private readonly hashOf = (id: string): string => stackHash(join(this.session.synthesized, "stacks", id));

  /** After a wave: the canary is looked at by a person, and the soak is waited for. */
  private async mayGoOn(last: Wave, left: number): Promise<boolean> {
    const { soakSeconds } = this.options.request;
    this.session.check();
    if (soakSeconds > 0) {
      this.session.say(`\nWaiting ${ageText(soakSeconds)} before the next wave; Ctrl-C stops here.\n`);
      await this.session.wait(soakSeconds);
    }
    if (last.kind !== "canary" || this.session.options.yes) return true;
    return this.session.confirm(`\nThe canary is deployed. Go on with the other ${counted(left, "wave")}?`);
  }

  /** What an earlier run has done stays done, unless its files have changed since. */
  private skipDone(): void {
    for (const id of this.ids) {
      const hash = this.hashOf(id);
      this.hashes.set(id, hash);
      const before = this.options.earlier?.stacks[id];
      if (before?.status === "done" && before.sha256 === hash) this.statuses.set(id, "done before");
    }
    const done = this.withStatus("done before").length;
    if (done > 0)
      this.session.say(
        `${counted(done, "stack")} of this rollout ${done === 1 ? "is" : "are"} done already.\n`,
      );
  }

  private async show(): Promise<void> {
    const shown = this.result.filter(({ plan }) => plan !== null);
    if (shown.length === 0) return this.session.say("Nothing is left to do.\n");
    const rows = shown.map(({ stack, wave, plan }) => ({ stack, wave, counts: plan! }));
    const changing = rows.filter(({ stack }) => this.changesOf(stack).length > 0);
    if (this.options.showPlans || rows.length === 1) {
      for (const { stack } of changing)
        this.session.say(`${stack}\n\n${(await this.session.deployer.planText(stack)).trim()}\n\n`);
    }
    this.session.say(`${planTable(rows)}\n`);
    for (const text of deployText.whatGoes(
      changing.map(({ stack }) => ({
        stack,
        destroys: destroysOf(this.changesOf(stack)),
        routine: routineOf(this.changesOf(stack)),
      })),
    ))
      this.session.say(`\n${text}\n`);
  }

  private refuseTooMany(changing: readonly RolloutStack[]): void {
    const { limit } = this.options.request;
    if (changing.length > limit) throw new DeployProblem(deployText.tooMany(changing.length, limit));
  }

  private refuseDestroys(changing: readonly RolloutStack[]): void {
    const with_ = changing.filter(({ id }) => destroysOf(this.changesOf(id)).length > 0).map(({ id }) => id);
    if (with_.length > 0 && !this.options.allowDestroys)
      throw new DeployProblem(deployText.destroysNotAllowed(with_));
  }

  private async isApproved(changing: readonly RolloutStack[]): Promise<boolean> {
    this.session.check();
    if (this.session.options.yes) return true;
    const where = this.session.options.rehearse ? "to the pretended clouds" : "now";
    return this.session.confirm(`\nDeploy ${counted(changing.length, "stack")} ${where}?`);
  }

  private save(): void {
    const waves = this.options.waves.map((wave) => ({ name: wave.name, stacks: stacksOf(wave) }));
    const stacks = Object.fromEntries(
      this.ids.map((id) => [id, { status: kept(this.statuses.get(id)!), sha256: this.hashes.get(id)! }]),
    );
    this.session.file.write({ version: 1, asked: this.options.request, waves, stacks });
  }

  private get ids(): string[] {
    return this.options.waves.flatMap(stacksOf);
  }

  private readonly waiting = (ids: readonly string[]): RolloutStack[] =>
    ids.filter((id) => this.statuses.get(id) === "waiting").map((id) => this.options.stacks.get(id)!);

  private readonly waitingIn = (wave: Wave): RolloutStack[] => this.waiting(stacksOf(wave));

  private readonly withStatus = (status: DeployedStatus): RolloutStack[] =>
    this.ids.filter((id) => this.statuses.get(id) === status).map((id) => this.options.stacks.get(id)!);

  private readonly changesOf = (id: string): readonly PlannedChange[] => this.plans.get(id) ?? [];
}

const kept = (status: DeployedStatus): RolloutStatus =>
  status === "waiting" || status === "failed" ? status : "done";
