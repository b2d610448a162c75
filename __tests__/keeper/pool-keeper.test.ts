import { KeeperUnderTest, SetClock } from "../builders/keeper-under-test";
import { someSettings } from "../builders/keeper-observation";
import { GROUP, PREFIX, PretendedPool } from "../builders/pretended-pool";

const [A, B, C] = ["aaaa", "bbbb", "cccc"].map((suffix) => `${GROUP}-${suffix}`) as [string, string, string];
const STATE = `${PREFIX}state.json`;
const ORDERS = `${PREFIX}orders.json`;
const at = "2026-11-29T10:00:00Z";

let pool: PretendedPool;
let clock: SetClock;
let keeper: KeeperUnderTest;
jest.setTimeout(60_000); // on a busy machine
beforeEach(async () => {
  pool = await PretendedPool.start();
  clock = new SetClock();
  keeper = new KeeperUnderTest(pool, clock);
  for (const suffix of ["aaaa", "bbbb", "cccc"]) await pool.add(suffix);
});
afterEach(() => pool.stop());

/** The load goes down, and the autoscaler would like fewer machines. */
function quiet(recommended: number): void {
  for (const machine of pool.machines.values()) machine.stats = { ...machine.stats, stress_level: 0.05 };
  pool.recommended = recommended;
}

/** Changes at bridges and in the cloud, without what was stored. */
const deeds = () => pool.deeds.filter((deed) => !deed.startsWith("store"));

describe("PoolKeeper, all well", () => {
  it("drains, tells to leave and removes bridges that are too many, each step stored before it is done", async () => {
    quiet(1);
    await keeper.rounds(5);
    expect(pool.deeds).toEqual([
      "store state.json",
      `drain/enable ${A}`,
      "store state.json",
      `drain/enable ${B}`,
      "store state.json",
      `shutdown ${A}`,
      "store state.json",
      `deleteInstances ${A}`,
      `shutdown ${B}`,
      "store state.json",
      `deleteInstances ${B}`,
    ]);
    expect(pool.target).toBe(1);
    expect(keeper.state.decisions.map(({ kind, bridge, done }) => `${kind} ${bridge} ${done}`)).toEqual([
      `drain ${A} true`,
      `drain ${B} true`,
      `shutdown ${A} true`,
      `delete ${A} true`,
      `shutdown ${B} true`,
      `delete ${B} false`, // as it was stored, before it was done
    ]);
  });

  it("says in its state what it sees, for people", async () => {
    pool.machines.get(B)!.stats = { local_endpoints: 7, stress_level: 0.25, drain: true };
    pool.machines.get(B)!.jicofo = 7;
    pool.machines.get(C)!.says = "out of order";
    await keeper.rounds();
    expect(keeper.state).toMatchObject({
      holder: "first",
      beat: 1,
      mode: "act",
      intervalSeconds: 30,
      problem: null,
      group: { target: 3, recommended: 3, min: 1, max: 8, release: "stable-1" },
    });
    expect(keeper.state.bridges).toEqual([
      {
        id: A,
        phase: "running",
        ageSeconds: 3600,
        stress: 0.45,
        localEndpoints: 0,
        drain: null,
        state: "takes calls",
      },
      {
        id: B,
        phase: "running",
        ageSeconds: 3600,
        stress: 0.25,
        localEndpoints: 7,
        drain: { since: clock.now() - 30, why: "scale-in" },
        state: "drained: one too many",
      },
      {
        id: C,
        phase: "running",
        ageSeconds: 3600,
        stress: null,
        localEndpoints: null,
        drain: null,
        state: "does not answer (its statistics are no JSON)",
      },
    ]);
  });

  it("gives a sign of life at least every second interval, and at once when there is news", async () => {
    await keeper.rounds(5);
    expect(keeper.state.beat).toBe(3);
    pool.faults.push({ at: /GET .*\/jicofo\/debug/, with: 500 });
    await keeper.rounds();
    expect(keeper.state.beat).toBe(4);
    expect(keeper.state.problem).toMatch(/jicofo\/debug: HTTP status 500, pretended trouble$/);
  });

  it("writes a point a round, and one for each decision that was carried out", async () => {
    quiet(1);
    await keeper.rounds(1);
    const tags = "account=acme,cloud=gcp,customer=abc,pool=acme-eu-burst,region=gcp-europe-west4";
    const time = (clock.wall() - 30) * 1000;
    expect(keeper.points).toEqual([
      `keeper,${tags} size=3,recommended_size=1,min=1,max=8,draining=1 ${time}`,
      `keeper_decision,account=acme,action=drain,${tags.slice(13)} reason="one too many: the others would be at a mean ` +
        `stress of 0.08; 0 are on it",bridge="${A}" ${time}`,
    ]);
  });

  it("counts a schedule from its lookahead on", async () => {
    keeper = new KeeperUnderTest(pool, clock, "first", {
      schedules: [{ start: "* * * * *", durationSeconds: 300, minBridges: 3, timeZone: "Europe/Amsterdam" }],
    });
    quiet(1);
    await keeper.rounds(3);
    expect(deeds()).toEqual([]);
  });

  it("makes room for a renewal with the autoscaler's minimum, and changes nothing else of it", async () => {
    pool.template = pool.template.replace("00000001", "00000002");
    pool.machines.get(A)!.stats = { stress_level: 0.6, local_endpoints: 30 };
    pool.machines.get(B)!.stats = { stress_level: 0.6, local_endpoints: 30 };
    pool.machines.get(C)!.stats = { stress_level: 0.6, local_endpoints: 30 };
    await keeper.rounds();
    expect(deeds()).toEqual(["set-min 5"]);
    expect(pool.policy).toEqual({
      minNumReplicas: 5,
      maxNumReplicas: 8,
      mode: "ONLY_SCALE_OUT",
      coolDownPeriodSec: 150,
    });
  });

  it("moves whoever is left at the deadline, and removes the machine when nobody is on it", async () => {
    keeper = new KeeperUnderTest(pool, clock, "first", {
      settings: { ...someSettings({ surplusSeconds: 0, drainDeadlineSeconds: 60, moveEarlyBelow: 0 }) },
    });
    quiet(2);
    for (const machine of pool.machines.values()) {
      machine.jicofo = 5;
      machine.stats = { ...machine.stats, local_endpoints: 5, conferences: 1 };
    }
    await keeper.rounds(7);
    expect(deeds().filter((deed) => deed.endsWith(A))).toEqual([
      `drain/enable ${A}`,
      `move ${A}`,
      `shutdown ${A}`,
      `deleteInstances ${A}`,
    ]);
    const move = pool.asked.find(({ path }) => path.endsWith("move-fraction"));
    expect(Object.fromEntries(move!.query)).toEqual({
      bridge: `jvbbrewery@muc.jvb.meet.jitsi/${A}-1764500000`,
      fraction: "1",
    });
    expect(pool.machines.get(A)!.posts.at(-1)).toEqual({
      path: "/colibri/shutdown",
      body: '{"graceful-shutdown":true}',
    });
  });
});

describe("PoolKeeper, when an action fails", () => {
  const notDone = () => keeper.logged.filter(({ event }) => event === "not-done");

  const ofA = () => deeds().filter((deed) => deed.endsWith(A));

  /** Five people are on each bridge, and may be moved a minute after its drain. */
  function busyAtDeadline(): void {
    keeper = new KeeperUnderTest(pool, clock, "first", {
      settings: { ...someSettings({ surplusSeconds: 0, drainDeadlineSeconds: 60, moveEarlyBelow: 0 }) },
    });
    quiet(2);
    for (const machine of pool.machines.values()) {
      machine.jicofo = 5;
      machine.stats = { ...machine.stats, local_endpoints: 5, conferences: 1 };
    }
  }

  it("lets other bridges take calls again, though one refuses", async () => {
    for (const id of [A, B, C]) pool.machines.get(id)!.stats = { drain: true };
    pool.store(ORDERS, { paused: { by: "ops@acme.example", at, until: null, reason: null }, drain: [] });
    pool.faults.push({ at: /127\.0\.1\.1\/colibri\/drain/, with: 500 });
    await keeper.rounds();
    expect(keeper.state.decisions[0]).toMatchObject({ kind: "undrain", bridge: A });
    expect(deeds()).toEqual([`drain/disable ${B}`, `drain/disable ${C}`]);
    expect(notDone()).toMatchObject([{ severity: "ERROR", fields: { kind: "undrain", bridge: A } }]);
    await keeper.rounds();
    expect(keeper.state.problem).toMatch(new RegExp(`^undrain of ${A} was not done: .*HTTP status 500`));
  });

  it("asks a Jicofo that refuses to move people again in the next round, and forces nobody off", async () => {
    busyAtDeadline();
    const refuses = { at: /move-fraction/, with: 500 } as const;
    pool.faults.push(refuses);
    await keeper.rounds(8);
    expect(notDone().length).toBeGreaterThan(3);
    expect(new Set(notDone().map(({ fields }) => fields["kind"]))).toEqual(new Set(["move"]));
    expect(ofA()).toEqual([`drain/enable ${A}`]);
    pool.faults.pop();
    await keeper.rounds(4);
    expect(ofA()).toEqual([`drain/enable ${A}`, `move ${A}`, `shutdown ${A}`, `deleteInstances ${A}`]);
    expect(pool.machines.get(A)!.posts.at(-1)!.body).toBe('{"graceful-shutdown":true}');
  });

  it("leaves no move in its memory that it did not come to", async () => {
    busyAtDeadline();
    await keeper.rounds(2);
    pool.onStored = () => clock.pass(31); // its turn is over before it acts
    await keeper.rounds();
    expect(keeper.state.decisions.at(-1)).toMatchObject({ kind: "move", bridge: A, done: false });
    expect(keeper.state.memory.drains[A]).toHaveProperty("movedAt");
    await keeper.keeper.leave();
    expect(keeper.state.memory.drains[A]).not.toHaveProperty("movedAt");
  });

  it("leaves no move in its memory when it was told that the memory could not be stored", async () => {
    busyAtDeadline();
    await keeper.rounds(2);
    pool.faults.push({ at: /\/upload\//, with: "late", times: 1 }); // stored all the same
    await keeper.rounds(1);
    pool.faults.pop();
    expect(keeper.state.memory.drains[A]).toHaveProperty("movedAt");
    await keeper.rounds(3);
    expect(ofA()).toEqual([`drain/enable ${A}`, `move ${A}`, `shutdown ${A}`]);
    expect(pool.machines.get(A)!.posts.at(-1)!.body).toBe('{"graceful-shutdown":true}');
  });
});

describe("PoolKeeper, what people order", () => {
  it("does nothing while it is paused, and goes on when the time is over", async () => {
    quiet(1);
    const until = new Date((clock.wall() + 45) * 1000).toISOString();
    pool.store(ORDERS, { paused: { by: "ops@acme.example", at, until, reason: null }, drain: [] });
    await keeper.rounds(2);
    expect(deeds()).toEqual([]);
    expect(keeper.state.summary).toMatch(/^paused/);
    await keeper.rounds(1);
    expect(deeds()).toEqual([`drain/enable ${A}`]);
  });

  it("drains the bridge that people name, and leaves its machine", async () => {
    pool.store(ORDERS, { paused: null, drain: [{ bridge: C, by: "ops@acme.example", at }] });
    await keeper.rounds(6);
    // The autoscaler counts it as one of the minimum, although it takes no calls.
    expect(deeds()).toEqual([`drain/enable ${C}`, "set-min 2"]);
    expect(keeper.state.bridges.find(({ id }) => id === C)?.state).toBe("drained: people ordered it, empty");
  });

  it.each([
    ["damaged", () => pool.store(ORDERS, "{"), /^orders.json is damaged: it is no JSON/],
    [
      "of another shape",
      () => pool.store(ORDERS, { drain: [] }),
      /^orders.json is damaged: paused is neither/,
    ],
    [
      "away",
      () => pool.faults.push({ at: /orders.json/, with: 503, headers: { "Retry-After": "60" } }),
      /503/,
    ],
  ])("does nothing when its orders are %s, and says so", async (_, breakThem, problem) => {
    quiet(1);
    breakThem();
    await keeper.rounds(3);
    expect(deeds()).toEqual([]);
    expect(keeper.state.problem).toMatch(problem);
    expect(keeper.state.summary).toBe("waits: nobody knows what people ordered");
    expect(keeper.events.filter((event) => event === "problem")).toHaveLength(1);
  });
});

describe("PoolKeeper, mode observe", () => {
  it("says what it would do, once, and does nothing", async () => {
    keeper = new KeeperUnderTest(pool, clock, "first", { mode: "observe" });
    quiet(1);
    await keeper.rounds(4);
    expect(deeds()).toEqual([]);
    expect(keeper.state).toMatchObject({ mode: "observe", memory: { drains: {} } });
    expect(keeper.state.decisions).toMatchObject([{ kind: "drain", bridge: A, done: false }]);
    expect(keeper.logged.filter(({ event }) => event === "would")).toMatchObject([
      { fields: { kind: "drain", bridge: A } },
    ]);
  });
});

describe("PoolKeeper, who acts", () => {
  const other = () => new KeeperUnderTest(pool, clock, "second");

  it("watches while another one acts, and takes over when that one is gone for four intervals", async () => {
    await keeper.rounds();
    const second = other();
    quiet(1);
    await second.rounds(4);
    expect(deeds()).toEqual([]);
    expect(second.events).toEqual(["watches"]);
    await second.rounds();
    expect(deeds()).toEqual([`drain/enable ${A}`]);
    expect(second.state).toMatchObject({ holder: "second", beat: 2 });
    expect(second.logged).toContainEqual({
      severity: "NOTICE",
      event: "takes-over",
      fields: { from: "first" },
    });
  });

  it("never takes over from one that gives signs of life", async () => {
    const second = other();
    for (let i = 0; i < 12; i++) {
      await keeper.keeper.round();
      await second.keeper.round();
      clock.pass(30);
    }
    expect(second.events).toEqual(["watches"]);
    expect(keeper.state.holder).toBe("first");
  });

  it("takes over at once from one that left in good order", async () => {
    await keeper.rounds();
    await keeper.keeper.leave();
    expect(keeper.state.holder).toBe("");
    const second = other();
    await second.rounds();
    expect(second.state.holder).toBe("second");
  });

  it("lets only one of two act that begin at the same moment", async () => {
    quiet(1);
    const second = other();
    let writers = 0;
    let release = (): void => undefined;
    const bothWrite = new Promise<void>((resolve) => (release = resolve));
    pool.onAsked = ({ path }) => {
      if (!path.startsWith("/upload/")) return;
      if (++writers === 2) release();
      return bothWrite; // so that each has read before the other writes
    };
    await Promise.all([keeper.keeper.round(), second.keeper.round()]);
    expect(deeds()).toEqual([`drain/enable ${A}`]);
    const loser = keeper.state.holder === "first" ? second : keeper;
    expect(loser.logged.map(({ fields }) => fields["problem"])).toEqual(["somebody else wrote the state"]);
  });

  it("does nothing when somebody wrote between its reading and its writing", async () => {
    await keeper.rounds();
    quiet(1);
    const { text } = pool.objects.get(STATE)!;
    pool.onAsked = ({ path }) => {
      if (path.startsWith("/upload/")) pool.store(STATE, text);
    };
    await keeper.rounds();
    expect(deeds()).toEqual([]);
    expect(keeper.logged.at(-1)?.fields["problem"]).toBe("somebody else wrote the state");
  });

  it("stops acting when it was stopped for a minute after its write, and looks anew", async () => {
    quiet(1);
    await keeper.rounds(2); // drains two
    await keeper.rounds(1);
    const before = deeds().length;
    pool.onStored = () => clock.pass(31); // SIGSTOP, and SIGCONT
    await keeper.rounds(1);
    expect(deeds()).toHaveLength(before);
    expect(keeper.logged.at(-1)).toMatchObject({
      event: "not-done",
      fields: { problem: "too much time has passed since the decision was stored" },
    });
    pool.onStored = () => undefined;
    await keeper.rounds(1);
    expect(deeds().length).toBeGreaterThan(before);
  });

  it("decides nothing on what it saw before it was stopped for a minute", async () => {
    quiet(1);
    pool.onAsked = ({ path }) => {
      if (path === "/jicofo/debug") clock.pass(31);
    };
    await keeper.rounds(1);
    expect(pool.deeds).toEqual([]);
    expect(keeper.logged.at(-1)?.fields["problem"]).toBe("what was seen is 31 s old already");
  });

  it("stops between two actions when the process is to end", async () => {
    quiet(1);
    await keeper.rounds(3); // A was told to leave
    pool.onDeed = (deed) => {
      if (deed.startsWith("deleteInstances")) keeper.stopping.abort();
    };
    await keeper.rounds();
    expect(deeds().slice(-2)).toEqual([`shutdown ${A}`, `deleteInstances ${A}`]);
    expect(keeper.logged.at(-1)).toMatchObject({
      event: "not-done",
      fields: { bridge: B, problem: "the keeper is being stopped" },
    });
  });
});

describe("PoolKeeper, what it finds in the store", () => {
  it("begins anew after four intervals when the state is damaged, and finds the drains at the bridges", async () => {
    pool.store(STATE, "{ nonsense");
    pool.machines.get(B)!.stats = { drain: true };
    await keeper.rounds(4);
    expect(pool.deeds).toEqual([]);
    await keeper.rounds(1);
    expect(keeper.events).toEqual(["watches", "takes-over", "state-damaged"]);
    expect(keeper.logged[2]!.fields["problem"]).toBe("it is no JSON; the keeper begins anew");
    expect(Object.keys(keeper.state.memory.drains)).toEqual([B]);
  });

  it("goes on when an action was stored and not done: the process died between", async () => {
    quiet(1);
    pool.faults.push({ at: /drain.enable/, with: "cut", times: 1 });
    await keeper.rounds(1);
    expect(Object.keys(keeper.state.memory.drains)).toEqual([A]);
    await keeper.keeper.leave();
    const second = new KeeperUnderTest(pool, clock, "second");
    await second.rounds(6);
    expect(deeds()).toContain(`drain/enable ${A}`);
    expect(pool.target).toBe(1);
  });

  it("removes nothing twice when an action was done and nobody heard of it", async () => {
    quiet(2);
    pool.faults.push({ at: /deleteInstances/, with: "late", times: 1 });
    await keeper.rounds(5);
    expect(deeds().filter((deed) => deed.startsWith("delete"))).toEqual([`deleteInstances ${A}`]);
    expect(pool.target).toBe(2);
  });

  it("does nothing while Cloud Storage is away, and begins again when it is back", async () => {
    await keeper.rounds();
    quiet(1);
    const away = { at: /\/storage\/v1/, with: 503, headers: { "Retry-After": "60" } } as const;
    pool.faults.push(away);
    await keeper.rounds(3);
    expect(deeds()).toEqual([]);
    pool.faults.pop();
    await keeper.rounds();
    expect(deeds()).toEqual([`drain/enable ${A}`]);
    expect(keeper.events).toEqual(["takes-over", "problem", "well-again", "decision"]);
  });

  it("does nothing when its state cannot be written", async () => {
    quiet(1);
    pool.faults.push({ at: /\/upload\//, with: 503, headers: { "Retry-After": "60" } });
    await keeper.rounds(3);
    expect(deeds()).toEqual([]);
    expect(keeper.logged).toHaveLength(1);
    expect(keeper.logged[0]!.fields["problem"]).toMatch(/^the state cannot be written: .*503/);
  });

  it("takes what is refused for what is not there, once it may read the other object", async () => {
    // Whoever may not list objects is told 403 of one that is not there.
    pool.missingIsRefused = true;
    quiet(1);
    await keeper.rounds();
    expect(pool.deeds).toEqual(["store state.json"]);
    expect(keeper.state.problem).toBe("orders.json cannot be read: Cloud Storage refuses it");
    await keeper.rounds();
    expect(deeds()).toEqual([`drain/enable ${A}`]);
    expect(keeper.state.problem).toBeNull();
  });

  it("ages no drain when the clock was set between two processes", async () => {
    quiet(2);
    for (const machine of pool.machines.values()) machine.jicofo = 5;
    await keeper.rounds(1);
    await keeper.keeper.leave();
    const since = keeper.state.memory.drains[A]!.since;
    const dayLater = new SetClock(1_796_000_000 + 86_400);
    const second = new KeeperUnderTest(pool, dayLater, "second");
    pool.objects.get(STATE)!.updated = dayLater.wall() - 30; // by Cloud Storage's clock, half a minute ago
    await second.rounds(1);
    expect(second.state.memory.drains[A]!.since).toBeCloseTo(since + 86_400 - 60, 0);
    expect(second.events).toContain("clock-differs");
  });
});

describe("PoolKeeper, what fails", () => {
  it("hands on nothing of a group that Compute Engine does not tell completely", async () => {
    quiet(1);
    pool.faults.push({ at: /autoscalers/, with: 403 });
    await keeper.rounds(2);
    expect(deeds()).toEqual([]);
    expect(keeper.state).toMatchObject({ group: null, summary: "waits: Compute Engine does not answer" });
    expect(keeper.state.problem).toMatch(/autoscalers.*HTTP status 403, pretended trouble/);
  });

  it("does nothing more in a round in which Google refused", async () => {
    quiet(1);
    await keeper.rounds(3);
    pool.faults.push({ at: /deleteInstances/, with: 400 });
    await keeper.rounds();
    expect(deeds().at(-1)).toBe(`shutdown ${A}`); // and not that of B, which was to come
    expect(keeper.logged.at(-1)).toMatchObject({
      severity: "ERROR",
      event: "not-done",
      fields: { kind: "delete", bridge: A },
    });
    pool.faults.pop();
    await keeper.rounds(3);
    expect(pool.target).toBe(1);
  });

  it("notices that the clock was set, and says so", async () => {
    await keeper.rounds();
    clock.set(7200);
    await keeper.rounds(2);
    expect(keeper.logged.filter(({ event }) => event === "clock-jumped")).toEqual([
      { severity: "WARNING", event: "clock-jumped", fields: { seconds: 7200 } },
    ]);
  });
});
