import { waves } from "../../sandbox/stage/demand";
import { closeTrials, Trial } from "./trial";

afterEach(closeTrials);

const MINUTE = 60;
const HOUR = 3600;

/** What each keeper did, in order, one after the other counted once: `first`, `second`, `first`… */
function turns({ stage }: Trial): string[] {
  const who = stage.ledger.acts.filter(({ what }) => what !== "insert").map((act) => act.who);
  return who.filter((each, index) => each !== who[index - 1]);
}

const grown = (): Trial => new Trial({ demand: waves(10, 300, 2 * HOUR), speed: 240, seed: 8 });

describe("two real keepers of one pool", () => {
  it("act one at a time: the other takes over when the one that acts is killed, and not before", async () => {
    const trial = grown();
    const { ledger } = trial.stage;
    const first = await trial.keeper("first");
    await trial.until("the first has something to remember", () => trial.state !== undefined, 10 * MINUTE);
    await trial.keeper("second");
    await trial.until(
      "the first has acted",
      () => ledger.actsOf("", "first").some(({ what }) => what !== "insert"),
      4 * HOUR,
    );
    await trial.pass(HOUR);
    expect(turns(trial)).toEqual(["first"]);
    expect(ledger.calls.get("second")).toBeGreaterThan(0); // it watches

    await first.end("SIGKILL");
    await trial.until("the second acts", () => turns(trial).length > 1, 3 * HOUR);
    first.start();
    await trial.pass(HOUR);
    expect(turns(trial)).toEqual(["first", "second"]);
    trial.stage.callers.end();
    await trial.until("back at the minimum", () => trial.isAtRest, 6 * HOUR);
    expect(turns(trial)).toEqual(["first", "second"]);
    const deleted = ledger.actsOf("deleteInstances").map(({ target }) => target);
    expect(new Set(deleted).size).toBe(deleted.length);
    expect(trial.cutByKeepers()).toEqual([]);
  });
});
