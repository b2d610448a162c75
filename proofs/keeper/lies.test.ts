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
const IMPLAUSIBLE: readonly Lie[] = [
  sameForEver(),
  stoppedClock(),
  edited((it) => ({ ...it, relay_id: "acme-eu-burst-0000-1790000000", local_endpoints: 0 })),
  counting("NaN"),
  counting("-3"),
  (truth) => counting("0")(truth).slice(0, truth.length / 2),
];

/** Eight bridges with calls on all of them, when two would do. Some of them lie from the first moment of the keeper. */
async function pool(lies: readonly Lie[]): Promise<Trial> {
  const trial = new Trial({ demand: steady(110), speed: 480, policy: { minNumReplicas: 8 }, seed: 6 });
  const { stage } = trial;
  await trial.until("eight bridges", () => trial.serving === 8, 10 * MINUTE);
  await trial.pass(40 * MINUTE);
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
    const trial = await pool(PLAUSIBLE);
    await trial.pass(2 * HOUR);
    expect(expectNobodyCut(trial).length).toBeGreaterThan(0); // honest ones, and liars that Jicofo had emptied
  });

  it("touches none while some say what cannot be, and goes on when they tell the truth", async () => {
    const trial = await pool(IMPLAUSIBLE);
    const { stage } = trial;
    await trial.pass(HOUR);
    expect(stage.ledger.acts.filter(({ what }) => what !== "insert")).toEqual([]);
    for (const machine of stage.machines) machine.lie = undefined;
    stage.callers.end();
    await trial.until("at the minimum", () => trial.isAtRest, 5 * HOUR);
    expectNobodyCut(trial);
  });

  it("deletes none with people on it while Jicofo says that nobody is anywhere", async () => {
    const trial = await pool([]);
    const { jicofo } = trial.stage;
    const debug = jicofo.debug.bind(jicofo);
    jicofo.debug = () =>
      JSON.parse(JSON.stringify(debug()).replace(/"endpoints":\d+/g, '"endpoints":0')) as object;
    await trial.pass(2 * HOUR);
    expectNobodyCut(trial);
  });
});
