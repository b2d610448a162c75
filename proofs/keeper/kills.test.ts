import { waves } from "../../sandbox/stage/demand";
import { SeededRandom } from "../../sandbox/stage/seeded-random";
import { closeTrials, Trial } from "./trial";
import type { KeeperProcess } from "./keeper-process";

afterEach(closeTrials);

const HOUR = 3600;
const KILLS = 200;
/** Real milliseconds until a kill by the clock alone, at most. */
const LONGEST_LIFE = 500;
/** Real milliseconds that a kill waits for its moment, at most: at times there is nothing to do. */
const LONGEST_WAIT = 1500;

/** Resolves at a moment by chance: some time from now, when some call arrives, or when something is stored or done. */
function momentByChance({ stage }: Trial, random: SeededRandom): Promise<void> {
  const { ledger } = stage;
  const kind = random.pick(["time", "call", "store", "act", "act"]);
  let calls = Math.floor(random.between(1, 120));
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      ledger.onCall = () => undefined;
      ledger.onAct = () => undefined;
      resolve();
    };
    const timer = setTimeout(wake, kind === "time" ? random.between(0, LONGEST_LIFE) : LONGEST_WAIT);
    if (kind === "call") ledger.onCall = () => (calls -= 1) === 0 && wake();
    if (kind === "store") ledger.onAct = ({ what }) => what === "insert" && wake();
    if (kind === "act") ledger.onAct = ({ what }) => what !== "insert" && wake();
  });
}

describe("the real keeper that is killed 200 times and started again at once", () => {
  it("ends every drain that it began, and cuts no call", async () => {
    const trial = new Trial({ demand: waves(10, 400, 1.5 * HOUR), speed: 480, seed: 4 });
    const { stage } = trial;
    const random = new SeededRandom(5);
    const keeper: KeeperProcess = await trial.keeper();
    const killedAfter = new Map<string, number>();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const acts = stage.ledger.acts.length;
      await momentByChance(trial, random);
      await keeper.end("SIGKILL");
      const last = stage.ledger.acts.length > acts ? stage.ledger.acts.at(-1)!.what : "nothing";
      killedAfter.set(last, (killedAfter.get(last) ?? 0) + 1);
      keeper.start();
    }
    // Moments of many kinds were met: between storing and acting, and right after each kind of act.
    for (const what of ["nothing", "insert", "POST /colibri/drain/enable"])
      expect(killedAfter.get(what) ?? 0).toBeGreaterThanOrEqual(5);
    expect(killedAfter.size).toBeGreaterThanOrEqual(5);
    stage.callers.end();
    await trial.until("every drain has ended", () => trial.isAtRest, 6 * HOUR);

    expect(trial.cutByKeepers()).toEqual([]);
    expect(stage.ledger.actsOf("deleteInstances").length).toBeGreaterThan(0);
  });
});
