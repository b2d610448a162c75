import { waves } from "../../sandbox/stage/demand";
import { itWithFaketime, SetClock } from "./faketime";
import { closeTrials, Trial } from "./trial";

afterEach(closeTrials);

const HOUR = 3600;
const SPEED = 480;

/** Seconds by which the clock is wrong, in turn: small and large, on the stage's scale and on the real one. */
const JUMPS = [0.01, -0.01, 0.1, -0.1, 1, -1, 30, -30, 3600, -3600, 86_400 * 30, 0];

describe("the real keeper whose clock jumps", () => {
  itWithFaketime("cuts no call and deletes nothing twice, wherever its clock jumps to", async () => {
    const clock = new SetClock();
    const trial = new Trial({ demand: waves(10, 420, 2 * HOUR), speed: SPEED, seed: 10 });
    const { stage } = trial;
    const keeper = await trial.keeper("keeper", {}, clock.environment);
    await trial.until("it has grown", () => trial.serving >= 4, 3 * HOUR);
    for (const seconds of JUMPS) {
      clock.set(seconds);
      await trial.pass(0.4 * HOUR);
    }
    stage.callers.end();
    await trial.until("back at the minimum", () => trial.isAtRest, 6 * HOUR);
    clock.close();

    expect(keeper.events("clock-jumped").length).toBeGreaterThanOrEqual(4);
    expect(trial.cutByKeepers()).toEqual([]);
    const deleted = stage.ledger.actsOf("deleteInstances").map(({ target }) => target);
    expect(deleted.length).toBeGreaterThan(0);
    expect(new Set(deleted).size).toBe(deleted.length);
  });

  itWithFaketime(
    "removes nothing while it is an hour off: every statistic is too old or from the future",
    async () => {
      for (const seconds of [3600, -3600]) {
        const clock = new SetClock(seconds);
        const trial = new Trial({
          demand: waves(0, 0, HOUR),
          speed: SPEED,
          policy: { minNumReplicas: 5 },
          seed: 11,
        });
        const { stage } = trial;
        await trial.until("five bridges", () => trial.serving === 5, HOUR);
        stage.autoscaler.policy = { ...stage.autoscaler.policy, minNumReplicas: 2 };
        await trial.keeper("keeper", { protectSeconds: 0 }, clock.environment);
        await trial.pass(HOUR);
        expect(stage.ledger.acts.filter(({ what }) => what !== "insert")).toEqual([]);
        clock.set(0);
        await trial.until("at the minimum", () => trial.isAtRest, 2 * HOUR);
        clock.close();
      }
    },
  );
});
