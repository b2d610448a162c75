import { steady } from "../../sandbox/stage/demand";
import { closeTrials, Trial } from "./trial";
import type { KeeperSettings } from "../../keeper/decide/settings";

afterEach(closeTrials);

const MINUTE = 60;
const FOR_EVER = 1e7;

/** Five bridges with a call each that nobody ever leaves, and an autoscaler that asks for two. */
async function endlessCalls(settings: Partial<KeeperSettings>): Promise<Trial> {
  const trial = new Trial({ demand: steady(0), speed: 480, policy: { minNumReplicas: 5 } });
  const { stage } = trial;
  await trial.until("five bridges", () => trial.serving === 5, 10 * MINUTE);
  for (let call = 1; call <= 5; call += 1) stage.callers.begin(6, FOR_EVER);
  await trial.until(
    "a call on each",
    () => stage.bridges.every(({ jvb }) => jvb!.people.size > 0),
    10 * MINUTE,
  );
  await trial.pass(10 * MINUTE); // who leaves early has left
  stage.autoscaler.policy = { ...stage.autoscaler.policy, minNumReplicas: 2 };
  await trial.keeper("keeper", settings);
  return trial;
}

describe("the real keeper and bridges that never empty", () => {
  it("moves whoever is left at the deadline, and not a minute before", async () => {
    const trial = await endlessCalls({ drainDeadlineSeconds: 30 * MINUTE, moveEarlyBelow: 0 });
    const { ledger, clock } = trial.stage;
    // Since the drain was stored: on a busy machine the bridge hears of it later.
    const drainedFor: number[] = [];
    ledger.onAct = ({ what, target }) => {
      if (what !== "move-fraction") return;
      const { since } = trial.state!.memory.drains[target]!;
      drainedFor.push((Date.now() / 1000 - since) * clock.speed);
    };
    await trial.until("at the minimum", () => trial.isAtRest, 240 * MINUTE);
    expect(ledger.actsOf("deleteInstances")).toHaveLength(3);
    expect(drainedFor.length).toBeGreaterThan(0);
    // The keeper's clock has thousandths of a second, which are some seconds here.
    expect(Math.min(...drainedFor)).toBeGreaterThan(29.9 * MINUTE);
    expect(ledger.moves.length).toBeGreaterThan(0);
    expect(ledger.cuts).toEqual([]);
  });

  it("tells a bridge to leave that nobody can be moved from, so that Jicofo invites everybody anew", async () => {
    const trial = await endlessCalls({ drainDeadlineSeconds: 15 * MINUTE });
    const { stage } = trial;
    stage.jicofo.movesNobody = true;
    await trial.until("at the minimum", () => trial.isAtRest, 240 * MINUTE);
    expect(stage.ledger.actsOf("shutdown forced").length).toBeGreaterThan(0);
    expect(new Set(stage.ledger.moves.map(({ cause }) => cause.what))).toEqual(
      new Set(["POST /colibri/shutdown"]),
    );
    expect(stage.ledger.cuts).toEqual([]);
  });

  it("waits for ever where the pool's file says that nobody is moved", async () => {
    const trial = await endlessCalls({ drainDeadlineSeconds: 10 * MINUTE, moveAtDeadline: false });
    const { ledger, machines } = trial.stage;
    await trial.until("three drains", () => trial.draining === 3, 60 * MINUTE);
    await trial.pass(180 * MINUTE);
    expect(machines).toHaveLength(5);
    expect(trial.draining).toBe(3);
    expect(ledger.acts.filter(({ what }) => /move|shutdown|deleteInstances/.test(what))).toEqual([]);
    expect([ledger.moves, ledger.cuts]).toEqual([[], []]);
  });
});
