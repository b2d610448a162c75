import { Jvb } from "../../../sandbox/stage/jvb";
import { Ledger } from "../../../sandbox/stage/ledger";
import { StageClock } from "../../../sandbox/stage/stage-clock";
import type { Ending } from "../../../sandbox/stage/jvb";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const KEEPER = { who: "keeper", what: "POST /colibri/shutdown" };
const CRASH = { who: "crash", what: "kill" };

function started() {
  const clock = new StageClock(1);
  const ledger = new Ledger(clock);
  const endings: Ending[] = [];
  const jvb = new Jvb({
    machine: "acme-eu-burst-abcd",
    region: "gcp-europe-west4",
    version: "stable-11146-2",
    participantStress: 0.01,
    clock,
    ledger,
    onEnd: (ending) => endings.push(ending),
  });
  const seconds = (count: number): void => void jest.advanceTimersByTime(count * 1000);
  return { jvb, ledger, endings, seconds };
}

const somebody = (number = 1) => ({ id: `call-1/${number}`, conference: "call-1" });

describe("Jvb", () => {
  it("says what a real one says: 81 keys, its name in the relay id, and its stress every ten seconds", () => {
    const { jvb, seconds } = started();
    for (let number = 1; number <= 20; number += 1) jvb.add(somebody(number));
    expect(jvb.statistics()).toMatchObject({ stress_level: 0, local_endpoints: 20, conferences: 1 });
    seconds(11);
    const said = jvb.statistics();
    expect(Object.keys(said)).toHaveLength(81);
    expect(said).toMatchObject({ stress_level: 0.2, drain: false, shutting_down: false, mucs_joined: 0 });
    expect(said["relay_id"]).toMatch(/^acme-eu-burst-abcd-\d+$/);
    expect(said["current_timestamp"]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
  });

  it("keeps its numbers for five seconds, but not its drain", () => {
    const { jvb, seconds } = started();
    jvb.statistics();
    jvb.add(somebody());
    jvb.drain = true;
    expect(jvb.statistics()).toMatchObject({ local_endpoints: 0, drain: true });
    seconds(6);
    expect(jvb.statistics()).toMatchObject({ local_endpoints: 1, drain: true });
  });

  it("ends 45 seconds after a forced shutdown, and whoever is on it then is cut by whoever told it", () => {
    const { jvb, ledger, endings, seconds } = started();
    jvb.add(somebody());
    jvb.leave(false, KEEPER);
    expect(jvb.accepts("call-1")).toBe(false);
    seconds(44);
    expect(jvb.ended).toBe(false);
    seconds(2);
    expect(endings).toEqual(["closed"]);
    expect(ledger.cutsBy("keeper")).toHaveLength(1);
  });

  it("waits after a graceful shutdown until nobody is on it, and takes only who belongs to a call on it", () => {
    const { jvb, ledger, endings, seconds } = started();
    jvb.add(somebody());
    jvb.leave(true, KEEPER);
    expect([jvb.accepts("call-1"), jvb.accepts("call-2")]).toEqual([true, false]);
    seconds(600);
    expect(jvb.shuttingDown).toBe(false);
    jvb.remove("call-1/1");
    expect(jvb.shuttingDown).toBe(true);
    seconds(46);
    expect(endings).toEqual(["closed"]);
    expect(ledger.cuts).toEqual([]);
  });

  it("does not wait for longer than an hour after a graceful shutdown", () => {
    const { jvb, seconds } = started();
    jvb.add(somebody());
    jvb.leave(true, KEEPER);
    seconds(3601);
    expect(jvb.shuttingDown).toBe(true);
  });

  it("cuts everybody on it when it is killed, and nobody twice", () => {
    const { jvb, ledger, endings } = started();
    jvb.add(somebody(1));
    jvb.add(somebody(2));
    jvb.end(CRASH, "vanished");
    jvb.end(KEEPER, "closed");
    expect(ledger.cuts.map(({ participant, cause }) => [participant, cause.who])).toEqual([
      ["call-1/1", "crash"],
      ["call-1/2", "crash"],
    ]);
    expect(endings).toEqual(["vanished"]);
  });
});
