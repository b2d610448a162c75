import { steady } from "../../sandbox/stage/demand";
import { closeTrials, Trial } from "./trial";

afterEach(closeTrials);

const MINUTE = 60;
const HOUR = 3600;

type Lie = (truth: string) => string;

/** What a bridge says instead of the truth. */
const edited =
  (edit: (statistics: Record<string, unknown>) => object): Lie =>
  (truth) =>
    JSON.stringify(edit(JSON.parse(truth) as Record<string, unknown>));

/** Every field that is a number of people, as another number or no number. */
const counting =
  (people: string): Lie =>
  (truth) =>
    truth.replace(/"(local_endpoints|conferences|stress_level)":[\d.]+/g, `"$1":${people}`);

const stoppedClock = (): Lie => {
  let first: unknown;
  return edited((it) => ({
    ...it,
    local_endpoints: 0,
    current_timestamp: (first ??= it["current_timestamp"]),
  }));
};

const sameForEver = (): Lie => {
  let first: string | undefined;
  return (truth) => (first ??= counting("0")(truth));
};

/** They read like answers. */
const PLAUSIBLE: readonly Lie[] = [
  counting("0"),
  edited((it) => ({ ...it, drain: true, local_endpoints: 0 })),
  edited((it) => ({ ...it, shutting_down: true, graceful_shutdown: true, drain: true, local_endpoints: 0 })),
];
/** They cannot be true. */
const IMPLAUSIBLE: readonly (readonly [string, Lie])[] = [
  ["the same for ever", sameForEver()],
  ["with a clock that stands still", stoppedClock()],
  [
    "as another machine",
    edited((it) => ({ ...it, relay_id: "acme-eu-burst-0000-1790000000", local_endpoints: 0 })),
  ],
  ["that there is no number of them", counting("NaN")],
  ["that there are fewer than none", counting("-3")],
  ["half an answer", (truth) => counting("0")(truth).slice(0, truth.length / 2)],
];

/** So many bridges with calls on all of them, when two would do. Some of them lie from the first moment of the keeper. */
async function pool(bridges: number, lies: readonly Lie[]): Promise<Trial> {
  const trial = new Trial({
    demand: steady(14 * bridges),
    speed: 480,
    policy: { minNumReplicas: bridges },
    seed: 6,
  });
  const { stage } = trial;
  await trial.until("all bridges", () => trial.serving === bridges, 10 * MINUTE);
  await trial.until("calls on all", () => stage.bridges.every(({ jvb }) => jvb!.people.size > 0), HOUR);
  await trial.pass(10 * MINUTE); // none is young
  lies.forEach((lie, index) => (stage.machines[index]!.lie = lie));
  stage.autoscaler.policy = { ...stage.autoscaler.policy, minNumReplicas: 2 };
  await trial.keeper("keeper", { drainDeadlineSeconds: 20 * MINUTE });
  return trial;
}

/** Nobody was cut, and what was deleted was empty. @returns the machines that were deleted */
function expectNobodyCut(trial: Trial): string[] {
  const deleted = trial.stage.ledger.actsOf("deleteInstances");
  expect(trial.cutByKeepers()).toEqual([]);
  expect(deleted.filter(({ people }) => people !== 0)).toEqual([]);
  return deleted.map(({ target }) => target);
}

describe("the real keeper and bridges that lie", () => {
  it("deletes none with people on it that says that there are none, or that it is leaving", async () => {
    const trial = await pool(8, PLAUSIBLE);
    await trial.pass(1.3 * HOUR);
    expect(expectNobodyCut(trial).length).toBeGreaterThan(0); // honest ones, and liars that Jicofo had emptied
  });

  it.each(IMPLAUSIBLE)(
    "touches none while one says nobody is on it, %s; and goes on afterwards",
    async (_, lie) => {
      const trial = await pool(4, [lie]);
      const { stage } = trial;
      await trial.pass(40 * MINUTE);
      expect(stage.ledger.acts.filter(({ what }) => what !== "insert")).toEqual([]);
      for (const machine of stage.machines) machine.lie = undefined;
      await trial.until("a drain", () => trial.draining > 0, HOUR);
      expectNobodyCut(trial);
    },
  );

  it("deletes none with people on it while Jicofo says that nobody is anywhere", async () => {
    const trial = await pool(8, []);
    const { jicofo } = trial.stage;
    const debug = jicofo.debug.bind(jicofo);
    jicofo.debug = () =>
      JSON.parse(JSON.stringify(debug()).replace(/"endpoints":\d+/g, '"endpoints":0')) as object;
    await trial.pass(1.3 * HOUR);
    expectNobodyCut(trial);
  });
});
