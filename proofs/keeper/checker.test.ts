import { steady } from "../../sandbox/stage/demand";
import { GoogleCaller } from "../../__tests__/builders/google-caller";
import { closeTrials, Trial } from "./trial";
import type { Stage } from "../../sandbox/stage/stage";

afterEach(closeTrials);

const GROUP = "/compute/v1/projects/acme-meet-prod/regions/europe-west4/instanceGroupManagers/acme-eu-burst";

/** Removes a machine as a program would that knows nothing of calls. */
async function deleteOne(stage: Stage, index: number, who: string): Promise<void> {
  const google = await GoogleCaller.at(await stage.open(who));
  const { name, options } = stage.machines[index]!;
  const instances = [`projects/acme-meet-prod/zones/${options.zone}/instances/${name}`];
  expect((await google.call("POST", `${GROUP}/deleteInstances`, { instances })).status).toBe(200);
}

async function busyPool(): Promise<Trial> {
  const trial = new Trial({ demand: steady(0), speed: 240, policy: { minNumReplicas: 3 } });
  await trial.until("three bridges", () => trial.serving === 3, 600);
  for (let call = 1; call <= 6; call += 1) trial.stage.callers.begin(6, 1e6);
  await trial.until("everybody is there", () => trial.stage.jicofo.people === 36, 900);
  return trial;
}

// A count of nothing proves nothing unless it counts what there is.
describe("what counts the cuts", () => {
  it("counts everybody on a bridge that a naive keeper deletes, and who did it", async () => {
    const { stage } = await busyPool();
    const onIt = stage.machines[1]!.jvb!.people.size;
    expect(onIt).toBeGreaterThan(0);
    await deleteOne(stage, 1, "naive");
    expect(stage.ledger.cutsBy("naive")).toHaveLength(onIt);
    expect(stage.ledger.cuts).toHaveLength(onIt);
  });

  it("counts who is on a bridge that is told to leave at once while Jicofo has no other", async () => {
    const { stage } = await busyPool();
    const { bridgePort } = await stage.open("naive");
    const answers = stage.machines.map(({ options }) =>
      fetch(`http://${options.address}:${bridgePort}/colibri/shutdown`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ "graceful-shutdown": false }),
      }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200]);
    await new Promise((resolve) => setTimeout(resolve, stage.clock.milliseconds(60)));
    expect(stage.ledger.cutsBy("naive")).toHaveLength(36);
  });

  it("counts nobody when an empty bridge is deleted", async () => {
    const trial = new Trial({ demand: steady(0), speed: 240, policy: { minNumReplicas: 3 } });
    await trial.until("three bridges", () => trial.serving === 3, 600);
    await deleteOne(trial.stage, 0, "careful");
    expect(trial.stage.ledger.cuts).toEqual([]);
  });

  it("blames a crash for what a crash does", async () => {
    const { stage } = await busyPool();
    stage.machines[0]!.crash({ who: "crash", what: "kill" }, true);
    expect(stage.ledger.cuts.length).toBeGreaterThan(0);
    expect(new Set(stage.ledger.cuts.map(({ cause }) => cause.who))).toEqual(new Set(["crash"]));
  });
});
