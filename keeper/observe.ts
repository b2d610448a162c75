import type { KeeperPool } from "../model/keeper-file";
import { Bridge, type BridgeAnswer } from "./clients/bridge";
import { type Compute, type ComputeInstance, type ManagedInstance, nameIn } from "./clients/compute";
import { endpointsOn, isRefused, type Jicofo, type JicofoBridge } from "./clients/jicofo";
import { orProblem, RequestProblem } from "./clients/request";
import type { Patience } from "./clients/with-retries";
import type { Clock } from "./clock";
import type { BridgeStats, BridgeView, GroupView } from "./decide/observation";
import { phaseOf } from "./phase";

/** What was seen in one round, and by whom it can be reached. */
export interface Sight {
  readonly group: GroupView | undefined;
  readonly bridges: readonly BridgeView[];
  /** By name of the machine; only of those that run. */
  readonly machines: ReadonlyMap<string, Machine>;
  /** Why a bridge that runs has no statistics, by name. */
  readonly silent: ReadonlyMap<string, string>;
  /** What could not be seen, as sentences without a full stop. */
  readonly problems: readonly string[];
}

export interface Machine {
  /** As Compute Engine names it. */
  readonly link: string;
  readonly bridge: Bridge;
}

/** The cloud's clock tells whole seconds; below this it and ours are the same. */
const CLOCKS_AGREE_SECONDS = 2;

interface Means {
  readonly pool: KeeperPool;
  readonly compute: Compute;
  readonly jicofo: Jicofo;
  readonly clock: Clock;
  readonly bridgePort: number;
  /** Longest time for one request to a bridge. */
  readonly requestSeconds: number;
}

/** Looks at one pool. What does not answer is missing in what it sees, and never guessed. */
export class Observer {
  /** When each bridge last counted something new: by its own clock, and by ours when we heard of it. */
  private heard = new Map<string, { readonly countedAt: number; readonly since: number }>();

  constructor(private readonly means: Means) {}

  async look(patience: Patience): Promise<Sight> {
    const { compute, jicofo, pool } = this.means;
    const label = { key: "fleet-pool", value: pool.pool.slice(`${pool.tags["account"] ?? ""}-`.length) };
    const [group, managed, listed, known] = await Promise.all([
      orProblem(compute.describeGroup(patience)),
      orProblem(compute.listManagedInstances(patience)),
      orProblem(compute.listInstances(label, patience)),
      orProblem(jicofo.bridges()),
    ]);
    const jicofoBridges = known instanceof RequestProblem ? undefined : known;
    const problems = [
      ...new Set(
        [group, managed, listed, known].flatMap((each) =>
          each instanceof RequestProblem ? [each.message] : [],
        ),
      ),
    ];
    const nothing = { group: undefined, bridges: [], machines: new Map(), silent: new Map() };
    if (
      group instanceof RequestProblem ||
      managed instanceof RequestProblem ||
      listed instanceof RequestProblem
    )
      return { ...nothing, problems };

    const instances = new Map(listed.instances.map((instance) => [instance.name, instance]));
    const running = managed.filter((each) => phaseOf(each) === "running");
    const lost = running.filter(({ name }) => !instances.has(name)).map(({ name }) => name);
    if (lost.length > 0)
      return {
        ...nothing,
        problems: [...problems, `Compute Engine does not list ${lost.join(", ")} of the group`],
      };
    if (running.some(({ template }) => template === ""))
      return {
        ...nothing,
        problems: [...problems, "Compute Engine does not say what the group's machines were made from"],
      };
    if (group.removes)
      problems.push("the autoscaler's mode lets it remove machines with calls: deploy the pool's stack");

    const machines = new Map(running.flatMap((each) => this.reach(each, instances)));
    const [release, answers] = await Promise.all([
      orProblem(compute.releaseOf(group.template, patience)),
      Promise.all([...machines].map(async ([id, { bridge }]) => [id, await bridge.ask()] as const)),
    ]);
    if (release instanceof RequestProblem) problems.push(release.message);
    const stats = this.believe(new Map(answers));
    const down = new Set(
      answers.flatMap(([id, answer]) => (answer.kind === "silent" && answer.isNobody ? [id] : [])),
    );
    const silent = new Map(
      [...stats].flatMap(([id, each]) => (typeof each === "string" ? [[id, each]] : [])),
    );
    return {
      group: {
        target: group.target,
        recommended: group.recommended,
        min: group.min,
        max: group.max,
        template: nameIn(group.template),
        release: release instanceof RequestProblem ? undefined : release,
      },
      bridges: managed.map((each) =>
        this.view(each, instances.get(each.name), listed.date, stats, down.has(each.name), jicofoBridges),
      ),
      machines,
      silent,
      problems,
    };
  }

  private reach(
    { name, link }: ManagedInstance,
    instances: ReadonlyMap<string, ComputeInstance>,
  ): [string, Machine][] {
    const address = instances.get(name)?.address;
    const { bridgePort, requestSeconds } = this.means;
    return address === undefined
      ? []
      : [[name, { link, bridge: new Bridge(name, address, bridgePort, requestSeconds) }]];
  }

  /** Statistics with their age, or why there are none. */
  private believe(answers: ReadonlyMap<string, BridgeAnswer>): Map<string, BridgeStats | string> {
    const { clock, pool } = this.means;
    const [monotonic, wall] = [clock.monotonic(), clock.wall()];
    const heard: typeof this.heard = new Map();
    const stats = new Map<string, BridgeStats | string>();
    for (const [id, answer] of answers) {
      if (answer.kind !== "words") {
        const before = this.heard.get(id);
        if (before) heard.set(id, before);
        stats.set(id, answer.why);
        continue;
      }
      const { countedAt, ...word } = answer.word;
      const before = this.heard.get(id);
      const isNew = before?.countedAt !== countedAt;
      const since = isNew ? monotonic : before.since;
      heard.set(id, { countedAt, since });
      const standsStill = !isNew && monotonic - since >= pool.intervalSeconds / 2;
      stats.set(id, standsStill ? "its statistics stand still" : { ...word, ageSeconds: wall - countedAt });
    }
    this.heard = heard;
    return stats;
  }

  private view(
    managed: ManagedInstance,
    instance: ComputeInstance | undefined,
    cloudTime: number | undefined,
    stats: ReadonlyMap<string, BridgeStats | string>,
    isDown: boolean,
    jicofoBridges: readonly JicofoBridge[] | undefined,
  ): BridgeView {
    const wall = this.means.clock.wall();
    const now =
      cloudTime !== undefined && Math.abs(cloudTime - wall) > CLOCKS_AGREE_SECONDS ? cloudTime : wall;
    const said = stats.get(managed.name);
    const own = typeof said === "object" ? said : undefined;
    const isUsed = !jicofoBridges || !isRefused(jicofoBridges, managed.name);
    return {
      id: managed.name,
      ageSeconds: instance ? Math.max(0, now - instance.createdAt) : 0,
      template: nameIn(managed.template),
      release: instance?.labels["fleet-release"],
      phase: phaseOf(managed),
      stats: own && { ...own, ready: own.ready && isUsed },
      isDown,
      jicofoEndpoints: jicofoBridges && endpointsOn(jicofoBridges, managed.name),
    };
  }
}
