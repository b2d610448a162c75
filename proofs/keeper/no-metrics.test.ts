import { steady } from "../../sandbox/stage/demand";
import { closeTrials, Trial } from "./trial";

afterEach(closeTrials);

const MINUTE = 60;
const HOUR = 3600;

/** Six bridges that are needed no more, and drains that have just begun. */
async function shrinking(): Promise<Trial> {
  const trial = new Trial({ demand: steady(60), speed: 480, policy: { minNumReplicas: 6 }, seed: 7 });
  const { stage } = trial;
  await trial.until("six bridges", () => trial.serving === 6, 10 * MINUTE);
  await trial.pass(30 * MINUTE);
  await trial.keeper("keeper", { drainDeadlineSeconds: 20 * MINUTE });
  stage.autoscaler.policy = { ...stage.autoscaler.policy, minNumReplicas: 2 };
  await trial.until("a drain has begun", () => trial.draining > 0, HOUR);
  return trial;
}

/** Half an hour without metrics, in which the keeper must leave everything as it is. */
async function expectRestFor(trial: Trial, begin: () => void, end: () => void): Promise<void> {
  const { ledger } = trial.stage;
  begin();
  await trial.pass(5 * MINUTE); // what was measured and decided before
  const before = ledger.acts.length;
  // A bridge that was told to leave is no bridge any more: its machine may go.
  const leaving = new Set(ledger.actsOf("shutdown").map(({ target }) => target));
  await trial.pass(30 * MINUTE);
  const acts = ledger.acts.slice(before).filter(({ what }) => what !== "insert");
  expect(acts.filter(({ what, target }) => what !== "deleteInstances" || !leaving.has(target))).toEqual([]);
  const deleted = ledger.actsOf("deleteInstances").length;
  end();
  trial.stage.callers.end();
  await trial.until("at the minimum", () => trial.isAtRest, 5 * HOUR);
  expect(ledger.actsOf("deleteInstances").length).toBeGreaterThan(deleted);
  expect(ledger.cuts).toEqual([]);
}

describe("the real keeper without metrics for half an hour", () => {
  it.each(["refuses", "hangs"] as const)(
    "removes nothing while every bridge %s, and goes on afterwards",
    async (silence) => {
      const trial = await shrinking();
      const { machines } = trial.stage;
      await expectRestFor(
        trial,
        () => machines.forEach((machine) => (machine.silence = silence)),
        () => machines.forEach((machine) => (machine.silence = undefined)),
      );
    },
  );

  it("removes nothing while the autoscaler does not say what it would like, and goes on afterwards", async () => {
    const trial = await shrinking();
    const { autoscaler } = trial.stage;
    await expectRestFor(
      trial,
      () => {
        autoscaler.isBlind = true;
        autoscaler.recommendedSize = undefined;
      },
      () => (autoscaler.isBlind = false),
    );
  });

  it("removes nothing while Jicofo does not answer, and goes on afterwards", async () => {
    const trial = await shrinking();
    await expectRestFor(
      trial,
      () => (trial.stage.jicofoAnswers = false),
      () => (trial.stage.jicofoAnswers = true),
    );
  });
});
