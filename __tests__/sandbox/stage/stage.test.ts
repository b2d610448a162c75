import { get } from "node:http";
import { steady } from "../../../sandbox/stage/demand";
import { Stage } from "../../../sandbox/stage/stage";
import { aStagedPool, aTemplate } from "../../builders/staged-pool";
import type { Endpoints } from "../../../sandbox/stage/stage";
import type { Machine } from "../../../sandbox/stage/machine";
import type { PoolObjects } from "../../../sandbox/stage/pool-objects";

const SPEED = 1000;

const stages: Stage[] = [];
afterEach(() => stages.splice(0).forEach((stage) => stage.close()));

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Bridges that are in the brewery, and two keepers' ways to them. */
async function staged() {
  const stage = new Stage({ pool: aStagedPool(), bucket: "acme", demand: steady(0), speed: SPEED });
  stages.push(stage);
  const first = await stage.open("first");
  await until(() => stage.bridges.length === 2 && stage.bridges.every(({ jvb }) => jvb!.joined));
  const second = await stage.open("second");
  return { stage, first, second, machine: stage.bridges[0]! };
}

const bridgeUrl = ({ options }: Machine, { bridgePort }: Endpoints): string =>
  `http://${options.address}:${bridgePort}/colibri`;

const json = async (url: string): Promise<Record<string, unknown>> =>
  (await (await fetch(url)).json()) as Record<string, unknown>;

describe("Stage", () => {
  it("knows which keeper called, by the way that it came", async () => {
    const { stage, first, second, machine } = await staged();
    await fetch(`${bridgeUrl(machine, first)}/drain/enable`, { method: "POST" });
    await fetch(`${bridgeUrl(machine, second)}/drain/disable`, { method: "POST" });
    expect(stage.ledger.acts.map(({ who, target, what }) => [who, target, what])).toEqual([
      ["first", machine.name, "POST /colibri/drain/enable"],
      ["second", machine.name, "POST /colibri/drain/disable"],
    ]);
  });

  it("shows a bridge to keepers as Jicofo knows it", async () => {
    const { stage, first, machine } = await staged();
    stage.callers.begin(3, 1e6);
    await until(() => stage.jicofo.people === 3);
    const { bridge_selector } = (await json(`${first.jicofo}/debug`)) as {
      bridge_selector: { bridge: Record<string, { "relay-id": string; endpoints: number }> };
    };
    const shown = Object.values(bridge_selector.bridge);
    expect(shown.map(({ endpoints }) => endpoints).sort()).toEqual([0, 3]);
    const said = await json(`${bridgeUrl(machine, first)}/stats`);
    expect(shown.map((each) => each["relay-id"])).toContain(said["relay_id"]);
  });

  it("lets a keeper move everybody, and tells how many that were", async () => {
    const { stage, first } = await staged();
    stage.callers.begin(4, 1e6);
    await until(() => stage.jicofo.people === 4);
    const busy = stage.bridges.find(({ jvb }) => jvb!.people.size > 0)!;
    await fetch(`${bridgeUrl(busy, first)}/drain/enable`, { method: "POST" });
    await new Promise((resolve) => setTimeout(resolve, stage.clock.milliseconds(10)));
    const jid = `jvbbrewery@muc.jvb.meet.jitsi/${busy.jvb!.relayId}`;
    const query = new URLSearchParams({ bridge: jid, fraction: "1" });
    expect(await json(`${first.jicofo}/move-endpoints/move-fraction?${query}`)).toEqual({
      movedEndpoints: 4,
      conferences: 1,
    });
    expect(busy.jvb!.people.size).toBe(0);
    expect(stage.ledger.moves.map(({ cause }) => cause.who)).toEqual(Array(4).fill("first"));
  });

  it.each([
    ["", undefined, 415],
    ["", "application/json", 500],
    ["{}", "application/json", 400],
    ['{"graceful-shutdown": true}', "application/json", 200],
  ])("takes a shutdown as a bridge does: %j of type %s gets %d", async (body, type, expected) => {
    const { first, machine } = await staged();
    const { status } = await fetch(`${bridgeUrl(machine, first)}/shutdown`, {
      method: "POST",
      body,
      headers: { "content-type": type ?? "text/plain" },
    });
    expect([status, machine.jvb!.shuttingDown]).toEqual([expected, expected === 200]);
  });

  it("refuses connections to a bridge that has ended, and to one that does not exist yet", async () => {
    const { first, machine } = await staged();
    machine.crash({ who: "crash", what: "kill" }, false);
    await expect(fetch(`${bridgeUrl(machine, first)}/stats`)).rejects.toThrow(/fetch failed/);
  });

  it("lets a bridge hang, and lie", async () => {
    const { first, machine } = await staged();
    machine.lie = () => "no JSON";
    expect(await (await fetch(`${bridgeUrl(machine, first)}/stats`)).text()).toBe("no JSON");
    machine.silence = "hangs";
    const request = get(`${bridgeUrl(machine, first)}/stats`, { timeout: 100 });
    const outcome = new Promise((resolve) =>
      request.on("timeout", () => resolve("hangs")).on("response", () => resolve("answers")),
    );
    expect(await outcome).toBe("hangs");
    request.on("error", () => undefined).destroy();
  });

  it("follows what is deployed: a new template for new machines, and the autoscaler's policy", async () => {
    const { stage } = await staged();
    let pool: PoolObjects = aStagedPool();
    stage.follow(2, () => pool);
    stage.autoscaler.policy = { ...stage.autoscaler.policy, minNumReplicas: 3 }; // as a keeper would
    pool = aStagedPool({}, { template: aTemplate("acme-eu-burst-00000000") });
    await until(() => stage.group.template.name === "acme-eu-burst-00000000");
    expect(stage.autoscaler.policy.minNumReplicas).toBe(3);
    pool = {
      ...pool,
      autoscaler: { ...pool.autoscaler, policy: { ...pool.autoscaler.policy, maxNumReplicas: 9 } },
    };
    await until(() => stage.autoscaler.policy.maxNumReplicas === 9);
    expect(stage.autoscaler.policy.minNumReplicas).toBe(2); // a deploy sets what the data says
  });
});
