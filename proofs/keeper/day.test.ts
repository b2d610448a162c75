import { workingDay } from "../../sandbox/stage/demand";
import { closeTrials, Trial } from "./trial";

afterEach(closeTrials);

const HOUR = 3600;

describe("the real keeper through a day at work", () => {
  it("grows with the morning, is back at the minimum at night, takes drains back on its way, and cuts no call", async () => {
    const trial = new Trial({ demand: workingDay(400, 5), speed: 480 });
    const { stage } = trial;
    const keeper = await trial.keeper();
    const sizes = trial.watch(() => stage.machines.length);
    await trial.pass(7 * HOUR); // from five in the morning
    await trial.until("a drain over lunch", () => trial.draining > 0, 2 * HOUR);
    for (let call = 1; call <= 8; call += 1) stage.callers.begin(25, HOUR); // everybody, unannounced
    await trial.until("a bridge is taken back", () => stage.ledger.actsOf("drain/disable").length > 0, HOUR);
    await trial.until("nine in the evening", () => stage.clock.now > 16 * HOUR, 9 * HOUR);
    await trial.until("back at the minimum", () => trial.isAtRest, 4 * HOUR);

    const { ledger } = stage;
    expect(trial.cutByKeepers()).toEqual([]);
    expect(ledger.cuts).toEqual([]);
    expect(Math.max(...sizes.found)).toBeGreaterThanOrEqual(6);
    expect(ledger.joined).toBeGreaterThan(2000);
    expect(ledger.refused).toBe(0);
    expect(ledger.actsOf("deleteInstances").length).toBeGreaterThanOrEqual(4); // from six to two, at least
    // Whoever was moved had been waited for until the deadline.
    expect(ledger.moves.length).toBeLessThan(0.1 * ledger.joined);
    expect(ledger.unknownCalls).toEqual([]);
    expect(keeper.events("round-failed")).toEqual([]);
    // What it says of itself is what happened.
    const done = keeper.events("decision").filter(({ kind }) => kind === "delete");
    expect(done).toHaveLength(ledger.actsOf("deleteInstances").length);
    expect(stage.points.some((line) => line.startsWith("keeper_decision,"))).toBe(true);
  });
});
