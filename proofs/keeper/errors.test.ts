import { waves } from "../../sandbox/stage/demand";
import { ERROR_KINDS } from "../../sandbox/stage/api/planted-errors";
import { closeTrials, Trial } from "./trial";

afterEach(closeTrials);

const HOUR = 3600;

describe("the real keeper while a fifth of all calls to Google goes wrong", () => {
  it("grows and shrinks all the same, whatever goes wrong, deletes no machine twice, and cuts no call", async () => {
    const trial = new Trial({ demand: waves(10, 420, 2 * HOUR, 4 * HOUR), speed: 240, seed: 2 });
    const { stage } = trial;
    stage.errors.plan = { share: 0.2, slowSeconds: 40 };
    const keeper = await trial.keeper();
    const sizes = trial.watch(() => stage.machines.length);
    await trial.pass(4 * HOUR);
    await trial.until("back at the minimum", () => trial.isAtRest, 3 * HOUR);

    const { ledger, errors } = stage;
    expect([...errors.planted.keys()].sort()).toEqual([...ERROR_KINDS].sort());
    expect(trial.cutByKeepers()).toEqual([]);
    expect(Math.max(...sizes.found)).toBeGreaterThanOrEqual(4);
    const deleted = ledger.actsOf("deleteInstances").map(({ target }) => target);
    expect(deleted.length).toBeGreaterThan(0);
    expect(new Set(deleted).size).toBe(deleted.length);
    expect(keeper.events("round-failed")).toEqual([]);
    expect(ledger.unknownCalls).toEqual([]);
  });

  it("does nothing at all while every call goes wrong, and goes on afterwards", async () => {
    const trial = new Trial({ demand: waves(0, 420, 2 * HOUR, 2 * HOUR), speed: 240, seed: 3 });
    const { stage } = trial;
    await trial.keeper();
    await trial.until("it has grown", () => stage.bridges.length >= 4, 2 * HOUR);
    stage.errors.plan = { share: 1, kinds: ["500", "503", "reset"], slowSeconds: 0 };
    await trial.pass(60); // what was under way
    const before = stage.ledger.acts.length;
    await trial.pass(0.75 * HOUR);
    expect(stage.ledger.acts.slice(before)).toEqual([]);
    stage.errors.plan = { share: 0, slowSeconds: 0 };
    await trial.until("back at the minimum", () => trial.isAtRest, 4 * HOUR);
    expect(trial.cutByKeepers()).toEqual([]);
  });
});
