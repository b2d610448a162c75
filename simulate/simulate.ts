import { decide } from "../keeper/decide/decide";
import type { KeeperSettings } from "../keeper/decide/settings";
import { KEEPER_TIMES } from "../model/keeper-defaults";
import { keeperSettings } from "../model/keeper-settings";
import { clairvoyant } from "./policies/clairvoyant";
import { GoogleAutoscaler } from "./policies/google-autoscaler";
import { JitsiAutoscaler } from "./policies/jitsi-autoscaler";
import { Keeper } from "./policies/keeper";
import { Random } from "./random";
import type { PolicyName, SimulationResult } from "./result";
import type { SimulatedPool } from "./simulated-pool";
import type { Calls, Trace } from "./trace";
import { Schedules } from "./world/schedules";
import { TICK_SECONDS, World } from "./world/world";

export interface SimulationOptions {
  readonly pool: SimulatedPool;
  readonly trace: Trace;
  readonly policy: PolicyName;
  /** Draws the calls, and everything that happens by chance; the same gives the same result. */
  readonly seed: number;
  readonly seconds: number;
  /** Whether to keep a sample of each minute, for a picture. */
  readonly samples: boolean;
  /** Settings of the keeper to try instead of the pool's. @default the pool's */
  readonly keeper?: Partial<KeeperSettings> | undefined;
}

/** The project's predecessor: a target of processor use, and how long a new machine's load was hidden. */
const PLAIN = { cpu: 0.5, initialisationSeconds: 200 } as const;

/** Mean stress at which the plain autoscaler adds a bridge: its target of processor use. */
export const plainTargetStress = ({ cpuAtFullStress }: Pick<SimulatedPool, "cpuAtFullStress">): number =>
  PLAIN.cpu / cpuAtFullStress;

/** Runs one pool through a trace with one policy. */
export function simulate(options: SimulationOptions): SimulationResult {
  const steps = simulateInSteps(options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of about an hour of the trace, some milliseconds each; each says how many seconds are over. */
export function* simulateInSteps(options: SimulationOptions): Generator<number, SimulationResult> {
  const { pool, trace, policy, seed, seconds, samples } = options;
  const calls = trace.callsOf(seed, seconds);
  const schedules = new Schedules(pool.settings.scaling.schedules, trace.startsAt);
  const bridges = firstBridges(pool, calls, schedules);
  const result = { policy, trace: trace.name, seed, seconds };
  if (policy === "clairvoyant")
    return { ...result, ...clairvoyant(pool, calls, { seconds, samples, bridges }) };

  const world = new World({ pool, calls, seed, seconds, bridges, samples });
  addControllers(options, world, schedules);
  yield* world.steps();
  return {
    ...result,
    samples: world.meter.samples,
    totals: world.meter.totals(seconds, world.machines),
  };
}

/** Mean stress of the machines at the beginning, whatever the pool's target and the policy. */
const FIRST_STRESS = 0.5;

/** Machines at the beginning: enough for those who are in calls then. */
function firstBridges(
  { settings, participantsPerBridge }: SimulatedPool,
  calls: Calls,
  schedules: Schedules,
) {
  const present = calls.joinAt.reduce((count, at) => count + (at === 0 ? 1 : 0), 0);
  const needed = Math.ceil(present / (FIRST_STRESS * participantsPerBridge));
  return Math.min(settings.size.max, Math.max(settings.size.min, schedules.bridges(0), needed));
}

export function addControllers(
  { pool, policy, seed, keeper: tried }: SimulationOptions,
  world: World,
  schedules: Schedules,
): void {
  const { scaling, size } = pool.settings;
  const random = new Random(seed, "policy");
  const phase = (interval: number) => TICK_SECONDS * random.below(interval / TICK_SECONDS);
  if (policy === "jitsi") return world.add(new JitsiAutoscaler(world, size), phase(60));

  const isPlain = policy === "plain";
  const autoscaler = new GoogleAutoscaler(world, {
    ...size,
    mode: isPlain ? "on" : "only-scale-out",
    schedules,
    targets: isPlain
      ? [plainTargetStress(pool)]
      : [scaling.targetCpu / pool.cpuAtFullStress, scaling.targetStress],
    initialisationSeconds: isPlain ? PLAIN.initialisationSeconds : scaling.bootSeconds,
    random,
  });
  world.add(autoscaler, phase(60));
  if (isPlain) return;
  const settings = { ...keeperSettings(pool.settings), ...tried };
  const keeper = new Keeper(world, autoscaler, {
    decide,
    settings: policy === "keeper" ? settings : { ...settings, moveAtDeadline: false },
    intervalSeconds: KEEPER_TIMES.intervalSeconds,
    lookaheadSeconds: pool.settings.keeper.lookaheadMinutes * 60,
    schedules,
  });
  world.add(keeper, phase(KEEPER_TIMES.intervalSeconds));
}
