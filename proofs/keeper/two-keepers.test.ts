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

/** Each machine is deleted once at most. */
function expectNoDoubleAct({ stage }: Trial): void {
  const deleted = stage.ledger.actsOf("deleteInstances").map(({ target }) => target);
  expect(new Set(deleted).size).toBe(deleted.length);
}

const grown = () => new Trial({ demand: waves(10, 300, 2 * HOUR), speed: 240, seed: 8 });

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
    expectNoDoubleAct(trial);
    expect(trial.cutByKeepers()).toEqual([]);
  });

  it("leave nothing undone and do nothing twice when one is suspended between storing and acting", async () => {
    const trial = grown();
    const { ledger } = trial.stage;
    const first = await trial.keeper("first");
    await trial.until("the first has something to remember", () => trial.state !== undefined, 10 * MINUTE);
    await trial.keeper("second");

    // What it has just stored, it is about to do: it sleeps in that very moment, for twenty minutes.
    let sleeps = 0;
    let wakes: string[] = [];
    ledger.onAct = ({ who, what }) => {
      if (what !== "insert" || who !== "first" || sleeps >= 4) return;
      const { decisions = [] } = trial.state ?? {};
      if (!decisions.some(({ done }) => !done)) return;
      sleeps += 1;
      first.signal("SIGSTOP");
      const before = ledger.acts.length;
      trial.stage.clock.after(20 * MINUTE, () => {
        first.signal("SIGCONT");
        trial.stage.clock.after(2 * MINUTE, () => {
          wakes = ledger.acts
            .slice(before)
            .filter((act) => act.who === "first" && act.what !== "insert")
            .map((act) => act.what);
        });
      });
    };
    await trial.until("the first was suspended", () => sleeps > 0, 6 * HOUR);
    await trial.until("the second acts", () => turns(trial).includes("second"), 3 * HOUR);
    await trial.pass(HOUR);
    expect(wakes).toEqual([]);
    ledger.onAct = () => undefined;
    trial.stage.callers.end();
    await trial.until("back at the minimum", () => trial.isAtRest, 6 * HOUR);
    expectNoDoubleAct(trial);
    expect(trial.cutByKeepers()).toEqual([]);
  });
});
