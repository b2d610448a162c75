import { waves } from "../../sandbox/stage/demand";
import { SeededRandom } from "../../sandbox/stage/seeded-random";
import { closeTrials, Trial } from "./trial";

afterEach(closeTrials);

const MINUTE = 60;
const HOUR = 3600;

describe("the real keeper while bridges crash", () => {
  it("cuts no call itself, whether they come back at once, by autohealing, or under a drain; and ends at the minimum", async () => {
    const trial = new Trial({ demand: waves(10, 420, 2 * HOUR, 6 * HOUR), speed: 480, seed: 12 });
    const { stage } = trial;
    const random = new SeededRandom(13);
    await trial.keeper("keeper", { drainDeadlineSeconds: 20 * MINUTE });
    await trial.until("it has grown", () => trial.serving >= 4, 3 * HOUR);
    for (let crash = 1; crash <= 40; crash += 1) {
      await trial.pass(random.between(2, 12) * MINUTE);
      // Drained ones more often than they come: there is more to get wrong.
      const drained = stage.bridges.filter(({ jvb }) => jvb!.drain);
      const victims = drained.length > 0 && random.next() < 0.5 ? drained : stage.bridges;
      if (victims.length === 0) continue;
      random.pick(victims).crash({ who: "crash", what: "kill" }, random.next() < 0.5);
    }
    stage.callers.end();
    await trial.until("back at the minimum", () => trial.isAtRest, 6 * HOUR);

    expect(trial.cutByKeepers()).toEqual([]);
    expect(stage.ledger.cutsBy("crash").length).toBeGreaterThan(0);
    expect(stage.ledger.actsOf("deleteInstances").length).toBeGreaterThan(0);
  });
});
