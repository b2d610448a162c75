import { steady, waves } from "../../sandbox/stage/demand";
import { SeededRandom } from "../../sandbox/stage/seeded-random";
import { closeTrials, Trial } from "./trial";
import type { KeeperProcess } from "./keeper-process";

afterEach(closeTrials);

const MINUTE = 60;
const HOUR = 3600;
const SLEEPS = 4;

/** Kinds of what it has stored, and not done yet. */
const aboutToDo = ({ state }: Trial): string[] =>
  (state?.decisions ?? []).filter(({ done }) => !done).map(({ kind }) => kind);

/** Who holds the pool: a process may not have heard yet that Cloud Storage took its write. */
const lastWriter = ({ stage }: Trial): string | undefined =>
  stage.ledger.acts.filter(({ what }) => what === "insert").at(-1)?.who;

/** What it does first when it wakes up after twenty minutes. */
async function sleep({ stage, pass }: Trial, keeper: KeeperProcess, who: string): Promise<string> {
  keeper.signal("SIGSTOP");
  await pass(20 * MINUTE);
  const before = stage.ledger.acts.length;
  keeper.signal("SIGCONT");
  await pass(5 * MINUTE);
  return stage.ledger.acts.slice(before).find((act) => act.who === who)?.what ?? "nothing";
}

describe("the real keeper that is suspended for minutes", () => {
  it("does not do what it stored before, and another keeper goes on meanwhile", async () => {
    const trial = new Trial({ demand: waves(10, 400, 2 * HOUR), speed: 240, seed: 8 });
    const { ledger } = trial.stage;
    const first = await trial.keeper("first");
    await trial.until("the first has something to remember", () => trial.state !== undefined, 10 * MINUTE);
    let second = await trial.keeper("second");

    const random = new SeededRandom(14);
    const awoken: Promise<string>[] = [];
    ledger.onAct = ({ who, what }) => {
      if (who !== "first" || what !== "insert" || awoken.length === SLEEPS || aboutToDo(trial).length === 0)
        return;
      // In that very moment, or some thousandths of a second later, when it has begun.
      const soon = new Promise<void>((resolve) => setTimeout(resolve, random.between(0, 4)));
      awoken.push(soon.then(() => sleep(trial, first, "first")));
    };
    for (let sleeps = 1; sleeps <= SLEEPS; sleeps += 1) {
      await trial.until("the first was suspended", () => awoken.length >= sleeps, 6 * HOUR);
      await trial.until("the second has taken over", () => lastWriter(trial) === "second", HOUR);
      await awoken[sleeps - 1];
      // It leaves in good order, the first has the pool again, and only then it begins anew, as the one that watches.
      await second.end("SIGTERM");
      await trial.until("the first has the pool again", () => lastWriter(trial) === "first", HOUR);
      second = second.start();
    }
    // Whatever it does when it is awake, it has looked, and stored it, before.
    for (const what of await Promise.all(awoken)) expect(["nothing", "insert"]).toContain(what);
    const deleted = ledger.actsOf("deleteInstances").map(({ target }) => target);
    expect(new Set(deleted).size).toBe(deleted.length);
    expect(trial.cutByKeepers()).toEqual([]);
  });

  it("does not delete the machine that came in the place of an empty one while it slept", async () => {
    const trial = new Trial({ demand: steady(90), speed: 240, policy: { minNumReplicas: 4 }, seed: 15 });
    const { stage } = trial;
    const { ledger } = stage;
    await trial.until("four bridges", () => trial.serving === 4, 10 * MINUTE);
    await trial.pass(20 * MINUTE);
    const keeper = await trial.keeper("keeper", { drainDeadlineSeconds: 20 * MINUTE });
    stage.autoscaler.policy = { ...stage.autoscaler.policy, minNumReplicas: 2 };

    // It asks once more whether a bridge is empty, hears that it is, and falls asleep over that.
    const debug = stage.jicofo.debug.bind(stage.jicofo);
    const asleep = new Promise<string>((resolve) => {
      ledger.onAct = ({ what }) => {
        if (what !== "insert" || aboutToDo(trial)[0] !== "delete") return;
        const { bridge } = trial.state!.decisions.find(({ done }) => !done)!;
        stage.jicofo.debug = () => {
          keeper.signal("SIGSTOP");
          ledger.onAct = () => undefined;
          stage.jicofo.debug = debug;
          resolve(bridge!);
          return debug();
        };
      };
    });
    const name = await asleep;
    // Nobody deletes it; its program ends, and autohealing makes it anew under its name. People call.
    const isBack = (): boolean => (stage.group.machines.get(name)?.jvb?.people.size ?? 0) > 0;
    await trial.until("people are on a machine of that name", isBack, HOUR);
    keeper.signal("SIGCONT");
    await trial.pass(5 * MINUTE);
    expect(ledger.actsOf("deleteInstances").filter(({ target }) => target === name)).toEqual([]);
    expect(trial.cutByKeepers()).toEqual([]);
  });
});
