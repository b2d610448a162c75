import { waves } from "../../sandbox/stage/demand";
import { closeTrials, Trial } from "./trial";

afterEach(closeTrials);

const MINUTE = 60;
const HOUR = 3600;
/** Four intervals: for so long a keeper must have stored nothing before another one begins. */
const LEASE_SECONDS = 120;

/**
 * Whatever was done was done by the keeper that had stored something last, and another one began only a whole lease after
 * that. So no two acted at a time, however often it was another one's turn.
 *
 * @returns who stored, one after the other
 */
function expectOneAtATime({ stage }: Trial): string[] {
  const turns: string[] = [];
  let last: { readonly who: string; readonly at: number } | undefined;
  for (const { who, at, what } of stage.ledger.acts) {
    if (what !== "insert") expect({ what, who }).toEqual({ what, who: last?.who });
    else {
      if (last && last.who !== who) expect(at - last.at).toBeGreaterThanOrEqual(LEASE_SECONDS - 1);
      if (last?.who !== who) turns.push(who);
      last = { who, at };
    }
  }
  return turns;
}

describe("two real keepers of one pool", () => {
  it("act one at a time: the other takes over when the one that acts is killed, and not before", async () => {
    const trial = new Trial({ demand: waves(10, 400, 2 * HOUR), speed: 240, seed: 8 });
    const { ledger } = trial.stage;
    const first = await trial.keeper("first");
    await trial.until("the first stores", () => trial.state !== undefined, 10 * MINUTE);
    const second = await trial.keeper("second");
    const didSomething = (who: string) => (): boolean =>
      ledger.actsOf("", who).some(({ what }) => what !== "insert");
    await trial.until("the first acts", didSomething("first"), 4 * HOUR);
    await trial.pass(HOUR);
    expect(second.events("watches")).not.toEqual([]);

    await first.end("SIGKILL");
    await trial.until("the second acts", didSomething("second"), 4 * HOUR);
    first.start();
    await trial.pass(HOUR);
    trial.stage.callers.end();
    await trial.until("back at the minimum", () => trial.isAtRest, 6 * HOUR);

    expect(expectOneAtATime(trial).slice(0, 2)).toEqual(["first", "second"]);
    const deleted = ledger.actsOf("deleteInstances").map(({ target }) => target);
    expect(new Set(deleted).size).toBe(deleted.length);
    expect(trial.cutByKeepers()).toEqual([]);
  });
});
