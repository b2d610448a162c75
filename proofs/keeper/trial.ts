import { SCALING_DEFAULTS } from "../../model/keeper-defaults";
import { Stage } from "../../sandbox/stage/stage";
import { aStagedPool } from "../../__tests__/builders/staged-pool";
import { keeperFileOnStage } from "../../sandbox/stage/keeper-file-on-stage";
import { BUCKET, keeperFileOf, PREFIX } from "./keeper-file";
import { KeeperProcess } from "./keeper-process";
import type { KeeperSettings } from "../../keeper/decide/settings";
import type { KeeperState } from "../../keeper/state";
import type { Incident } from "../../sandbox/stage/ledger";
import type { AutoscalingPolicy, PoolObjects } from "../../sandbox/stage/pool-objects";
import type { StageOptions } from "../../sandbox/stage/stage";

export interface TrialOptions extends Pick<StageOptions, "demand" | "speed" | "seed" | "participantStress"> {
  readonly policy?: Partial<AutoscalingPolicy>;
}

const LOOK_MILLISECONDS = 5;

/** What an autoscaler is told where the pool's file says nothing. */
const SCALING: Partial<AutoscalingPolicy> = {
  cpuUtilization: { utilizationTarget: SCALING_DEFAULTS.targetCpu },
  customMetricUtilizations: [
    {
      metric: "custom.googleapis.com/jitsi/jvb/stress_level_mean",
      utilizationTarget: SCALING_DEFAULTS.targetStress,
      utilizationTargetType: "GAUGE",
    },
  ],
};

const open: Trial[] = [];

/** Ends all trials of a test; to be called after each. */
export const closeTrials = async (): Promise<void> => {
  for (const trial of open.splice(0)) await trial.close();
};

/** A stage with real keepers on it. */
export class Trial {
  readonly pool: PoolObjects;
  readonly stage: Stage;
  private readonly speed: number;
  private readonly keepers = new Map<string, KeeperProcess>();

  constructor({ policy, ...options }: TrialOptions) {
    const sample = aStagedPool({ ...SCALING, ...policy });
    // Answers in small pages: a keeper that reads only the first one does not see all machines.
    this.pool = { ...sample, group: { ...sample.group, listManagedInstancesResults: "PAGINATED" } };
    this.speed = options.speed;
    this.stage = new Stage({ ...options, pool: this.pool, bucket: BUCKET, pageSize: 3 });
    open.push(this);
  }

  /** One more keeper, that runs. */
  async keeper(
    who = "keeper",
    settings: Partial<KeeperSettings> = {},
    environment: Readonly<Record<string, string>> = {},
  ): Promise<KeeperProcess> {
    const endpoints = await this.stage.open(who);
    const real = keeperFileOf(this.pool, settings);
    const file = keeperFileOnStage(real, real.pools[0]!, endpoints, this.speed);
    const keeper = new KeeperProcess(file, environment).start();
    this.keepers.set(who, keeper);
    return keeper;
  }

  /** So much time on the stage passes. */
  pass = (seconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, this.stage.clock.milliseconds(seconds)));

  /** Waits for something that must come, for so long on the stage. @throws Error that says what did not come, and how it stands */
  async until(what: string, isSo: () => boolean, seconds: number): Promise<void> {
    const end = this.stage.clock.now + seconds;
    while (!isSo()) {
      if (this.stage.clock.now > end)
        throw new Error(`not within ${seconds / 60} minutes: ${what}\n${this.report()}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
    }
  }

  /** Looks again and again while something runs; what it finds is an answer, once each. */
  watch<T>(look: () => T | undefined): { readonly found: Set<T> } {
    const found = new Set<T>();
    this.stage.clock.every(this.speed * (LOOK_MILLISECONDS / 1000), () => {
      const seen = look();
      if (seen !== undefined) found.add(seen);
    });
    return { found };
  }

  /** Calls that a keeper cut. */
  cutByKeepers = (): Incident[] => [...this.keepers.keys()].flatMap((who) => this.stage.ledger.cutsBy(who));

  /** Bridges that take calls, as far as they say themselves. */
  get serving(): number {
    return this.stage.bridges.filter(
      ({ jvb }) => jvb!.joined && !jvb!.drain && !jvb!.graceful && !jvb!.shuttingDown,
    ).length;
  }

  get draining(): number {
    return this.stage.bridges.filter(({ jvb }) => jvb!.drain).length;
  }

  /** As many machines as there must be, all of which take calls. */
  get isAtRest(): boolean {
    const { minNumReplicas } = this.stage.autoscaler.policy;
    const { machines, bridges, group } = this.stage;
    return (
      machines.length === minNumReplicas &&
      bridges.length === machines.length &&
      this.draining === 0 &&
      group.target === minNumReplicas
    );
  }

  /** What the keepers have stored. */
  get state(): KeeperState | undefined {
    const object = this.stage.bucket.get(`${PREFIX}state.json`);
    return object && (JSON.parse(object.body.toString("utf8")) as KeeperState);
  }

  /** How it stands, for a person who looks for a fault. */
  report(): string {
    const { clock, ledger, jicofo, machines, group, autoscaler } = this.stage;
    const acts = ledger.acts
      .filter(({ what }) => what !== "insert")
      .slice(-25)
      .map(
        ({ at, who, target, what, people }) => `${at.toFixed(0)} ${who} ${what} ${target} ${people ?? ""}`,
      );
    const bridges = machines.map(
      ({ name, action, template, jvb }) =>
        `${name} ${action} ${template.name} ${jvb ? `${jvb.people.size} people, drain ${jvb.drain}` : "no bridge"}`,
    );
    const { summary, problem, memory } = this.state ?? {};
    return [
      `${clock.now.toFixed(0)} s: ${jicofo.people} people, target ${group.target}, recommended ${autoscaler.recommendedSize}`,
      ...bridges,
      `state: ${JSON.stringify({ summary, problem, memory })}`,
      ...acts,
      ...[...this.keepers].flatMap(([who, { log }]) =>
        log.slice(-8).map((line) => `${who}: ${JSON.stringify(line)}`),
      ),
    ].join("\n");
  }

  async close(): Promise<void> {
    for (const keeper of this.keepers.values()) await keeper.close();
    this.stage.close();
  }
}
