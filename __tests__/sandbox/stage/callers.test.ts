import { Callers } from "../../../sandbox/stage/callers";
import { steady } from "../../../sandbox/stage/demand";
import { Jicofo } from "../../../sandbox/stage/jicofo";
import { Jvb } from "../../../sandbox/stage/jvb";
import { Ledger } from "../../../sandbox/stage/ledger";
import { SeededRandom } from "../../../sandbox/stage/seeded-random";
import { StageClock } from "../../../sandbox/stage/stage-clock";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const minutes = (count: number): void => void jest.advanceTimersByTime(count * 60_000);

function called(people: number, seed = 1) {
  const clock = new StageClock(1);
  const ledger = new Ledger(clock);
  const jicofo = new Jicofo(clock, ledger);
  const callers = new Callers(jicofo, clock, new SeededRandom(seed), steady(people));
  const open = (): Jvb => {
    const jvb: Jvb = new Jvb({
      machine: "acme-eu-burst-abcd",
      region: "gcp-europe-west4",
      version: "blue",
      participantStress: 0.0001,
      clock,
      ledger,
      onEnd: (ending) => jicofo.miss(jvb, ending),
    });
    jicofo.welcome(jvb);
    return jvb;
  };
  return { ledger, jicofo, callers, open };
}

describe("Callers", () => {
  it("are about as many as the demand says, come and go, and are on bridges", () => {
    const { ledger, jicofo, open } = called(200);
    const jvb = open();
    minutes(120);
    const counts = Array.from({ length: 20 }, () => {
      minutes(30);
      return jicofo.people;
    });
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(mean).toBeGreaterThan(130);
    expect(mean).toBeLessThan(270);
    expect(jvb.people.size).toBe(jicofo.people);
    expect(ledger.joined).toBeGreaterThan(1000);
    expect([ledger.refused, ledger.cuts.length]).toEqual([0, 0]);
  });

  it("wait for the first bridge, and not for another one after it", () => {
    const { ledger, jicofo, open } = called(100);
    minutes(60);
    expect([ledger.joined, ledger.refused]).toEqual([0, 0]);
    const jvb = open();
    minutes(30);
    expect(jicofo.people).toBeGreaterThan(0);
    jvb.end({ who: "crash", what: "kill" }, "closed");
    minutes(30);
    expect(ledger.refused).toBeGreaterThan(0);
  });

  it("begin no conference when they have ended, and those under way end in their time", () => {
    const { jicofo, callers, open } = called(100);
    open();
    minutes(120);
    callers.end();
    minutes(10);
    expect(jicofo.people).toBeGreaterThan(0);
    minutes(24 * 60);
    expect(jicofo.people).toBe(0);
  });

  it("are the same for the same seed", () => {
    const joined = [1, 1, 2].map((seed) => {
      const { ledger, open } = called(100, seed);
      open();
      minutes(300);
      return ledger.joined;
    });
    expect(joined[0]).toBe(joined[1]);
    expect(joined[0]).not.toBe(joined[2]);
  });
});
