import { act, ActProblem, type Hands, TurnProblem } from "../../keeper/act";
import { Bridge } from "../../keeper/clients/bridge";
import { Jicofo } from "../../keeper/clients/jicofo";
import { AMPLE_SECONDS, GROUP, PretendedPool } from "../builders/pretended-pool";

const A = `${GROUP}-aaaa`;

let pool: PretendedPool;
let deleted: string[];
let hands: Hands;
jest.setTimeout(60_000); // on a busy machine
beforeEach(async () => {
  pool = await PretendedPool.start();
  deleted = [];
  const { address } = await pool.add("aaaa", { stats: { drain: true, graceful_shutdown: true } });
  await pool.add("bbbb", { jicofo: 4 });
  hands = {
    compute: {
      deleteInstance: async (link) => void deleted.push(link),
      setMinimum: async () => undefined,
    },
    jicofo: new Jicofo(`${pool.url}/jicofo`, AMPLE_SECONDS),
    machines: new Map([
      [A, { link: "link-of-a", bridge: new Bridge(A, address, pool.bridgePort, AMPLE_SECONDS) }],
    ]),
    patience: {
      deadline: Infinity,
      requestSeconds: AMPLE_SECONDS,
      monotonic: () => 0,
      stopping: new AbortController().signal,
    },
    isFresh: (countedAt) => Math.abs(Date.now() / 1000 - countedAt) < 45,
    assertTurn: () => undefined,
  };
});
afterEach(() => pool.stop());

const remove = () => act({ kind: "delete", bridge: A, reason: "nobody is on it" }, hands);
const machine = () => pool.machines.get(A)!;
/** @param seconds for one request to a bridge */
const patientWith = (id: string, seconds: number): void => {
  const bridge = new Bridge(id, pool.machines.get(id)!.address, pool.bridgePort, seconds);
  hands = { ...hands, machines: new Map([[id, { link: "link-of-a", bridge }]]) };
};

describe("act, before a machine is deleted", () => {
  it("asks bridge and Jicofo once more, and deletes when both count nobody", async () => {
    await remove();
    expect(deleted).toEqual(["link-of-a"]);
    expect(pool.asked.map(({ path }) => path).sort()).toEqual(["/colibri/stats", "/jicofo/debug"]);
  });

  it("deletes one whose bridge is gone, when Jicofo counts nobody on it", async () => {
    await pool.end(A);
    machine().jicofo = undefined;
    await remove();
    expect(deleted).toEqual(["link-of-a"]);
  });

  it.each([
    [
      "the bridge counts people",
      () => (machine().stats = { ...machine().stats, local_endpoints: 2 }),
      "it counts 2 on it",
    ],
    ["Jicofo counts people", () => (machine().jicofo = 1), "Jicofo counts 1 on it"],
    [
      "Jicofo counts people on a bridge that is gone",
      async () => {
        machine().jicofo = 1;
        await pool.end(A);
      },
      "Jicofo counts 1 on it",
    ],
    [
      "the bridge does not answer in time",
      () => {
        patientWith(A, 0.1);
        pool.faults.push({ at: /stats/, with: "hang" });
      },
      "it does not answer, and may be there all the same",
    ],
    [
      "the bridge breaks the connection",
      () => void pool.faults.push({ at: /stats/, with: "cut" }),
      "it does not answer, and may be there all the same",
    ],
    [
      "the bridge answers with something that is no answer",
      () => void (machine().says = "<html>"),
      "it answers, but not as it should",
    ],
    [
      "Jicofo does not answer",
      () => {
        hands = { ...hands, jicofo: new Jicofo(`${pool.url}/jicofo`, 0.1) };
        pool.faults.push({ at: /debug/, with: "hang" });
      },
      "no answer in time",
    ],
    [
      "Jicofo has just begun",
      () => (pool.jicofoSays = { bridge_selector: { bridge: {} } }),
      "Jicofo does not say who is on it",
    ],
    ["the bridge began anew", () => (machine().stats = {}), "it is not leaving: its program began anew"],
    [
      "another one answers",
      () => (machine().stats = { relay_id: "other-1" }),
      "its relay id is another machine's",
    ],
    ["the bridge is in trouble", () => pool.faults.push({ at: /stats/, with: 500 }), "HTTP status 500"],
    ["its statistics are old", () => (pool.now = () => Date.now() / 1000 - 60), "its statistics are old"],
  ])("deletes nothing when %s", async (_, change, message) => {
    await change();
    await expect(remove()).rejects.toThrow(message);
    expect(deleted).toEqual([]);
  });

  it("deletes nothing when its turn was over while it asked", async () => {
    let looked = 0;
    hands = {
      ...hands,
      assertTurn: () => {
        if (looked++ > 0) throw new TurnProblem("too late");
      },
    };
    await expect(remove()).rejects.toThrow("too late");
    expect(deleted).toEqual([]);
  });
});

describe("act", () => {
  it("does nothing at all when it is not its turn", async () => {
    hands = {
      ...hands,
      assertTurn: () => {
        throw new TurnProblem("too late");
      },
    };
    await expect(act({ kind: "drain", bridge: A, reason: "" }, hands)).rejects.toThrow("too late");
    expect(machine().posts).toEqual([]);
  });

  it("moves nobody from a bridge that Jicofo does not know, and says so", async () => {
    machine().jicofo = undefined;
    const moved = act({ kind: "move", bridge: A, reason: "" }, hands);
    await expect(moved).rejects.toThrow(new ActProblem("Jicofo does not know it"));
    expect(pool.deeds).toEqual([]);
  });

  it("does nothing to a machine that it has no way to", async () => {
    await expect(act({ kind: "drain", bridge: "other", reason: "" }, hands)).rejects.toThrow(
      "other has no address",
    );
  });

  it("tells a bridge to leave, by force or not", async () => {
    await act({ kind: "shutdown", bridge: A, forced: true, reason: "" }, hands);
    expect(machine().posts).toEqual([{ path: "/colibri/shutdown", body: '{"graceful-shutdown":false}' }]);
  });
});
