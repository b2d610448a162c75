import { Jicofo } from "../../../sandbox/stage/jicofo";
import { Jvb } from "../../../sandbox/stage/jvb";
import { Ledger } from "../../../sandbox/stage/ledger";
import { StageClock } from "../../../sandbox/stage/stage-clock";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const KEEPER = { who: "keeper", what: "shutdown" };
const seconds = (count: number): void => void jest.advanceTimersByTime(count * 1000);

/** A Jicofo with bridges that have been in the brewery for a while. */
function brewery(...versions: string[]) {
  const clock = new StageClock(1);
  const ledger = new Ledger(clock);
  const jicofo = new Jicofo(clock, ledger);
  const bridges = versions.map((version, index) => {
    const jvb: Jvb = new Jvb({
      machine: `bridge-${index + 1}`,
      region: "gcp-europe-west4",
      version,
      participantStress: 0.01,
      clock,
      ledger,
      onEnd: (ending) => jicofo.miss(jvb, ending),
    });
    jicofo.welcome(jvb);
    return jvb;
  });
  seconds(30);
  const join = (conference: string, people: number): void => {
    for (let number = 1; number <= people; number += 1)
      jicofo.join({ id: `${conference}/${number}`, conference });
  };
  const shown = () =>
    (jicofo.debug() as { bridge_selector: { bridge: Record<string, Shown> } }).bridge_selector.bridge;
  return { ledger, jicofo, bridges: bridges as [Jvb, Jvb], join, shown };
}

interface Shown {
  readonly endpoints: number;
  readonly drain: boolean;
  readonly "relay-id": string;
}

const jidOf = (jvb: Jvb): string => `jvbbrewery@muc.jvb.meet.jitsi/${jvb.relayId}`;

describe("Jicofo", () => {
  it("knows a bridge once it is in the brewery, and what it says every five seconds", () => {
    const { bridges, shown } = brewery("blue");
    bridges[0].drain = true;
    expect(shown()[jidOf(bridges[0])]).toMatchObject({ drain: false, "relay-id": bridges[0].relayId });
    seconds(6);
    expect(shown()[jidOf(bridges[0])]).toMatchObject({ drain: true, endpoints: 0, operational: true });
  });

  it("sends those who come at once to other bridges, although no stress has been reported yet", () => {
    const { bridges, join } = brewery("blue", "blue");
    for (let call = 1; call <= 10; call += 1) join(`call-${call}`, 3);
    expect(bridges.map(({ people }) => people.size)).toEqual([15, 15]);
  });

  it("moves everybody off a drained bridge", () => {
    const { jicofo, bridges, join, ledger } = brewery("blue", "blue");
    join("call-1", 4);
    const [from] = bridges.filter(({ people }) => people.size > 0);
    from!.drain = true;
    seconds(6);
    expect(jicofo.moveFraction(jidOf(from!), 1, KEEPER)).toEqual({ movedEndpoints: 4, conferences: 1 });
    expect(from!.people.size).toBe(0);
    expect([ledger.moves.length, ledger.cuts.length]).toEqual([4, 0]);
    expect(jicofo.moveFraction("nobody", 1, KEEPER)).toBe(undefined);
  });

  it("invites everybody anew when a bridge says that it shuts down, within five seconds", () => {
    const { bridges, join, ledger } = brewery("blue", "blue");
    join("call-1", 4);
    const [from] = bridges.filter(({ people }) => people.size > 0);
    from!.leave(false, KEEPER);
    seconds(6);
    expect([ledger.moves.length, from!.people.size]).toEqual([4, 0]);
    seconds(60);
    expect([from!.ended, ledger.cuts.length]).toEqual([true, 0]);
  });

  it("counts as cut who is told to move and finds no other bridge", () => {
    const { bridges, join, ledger, jicofo } = brewery("blue");
    join("call-1", 3);
    bridges[0].leave(false, KEEPER);
    seconds(6);
    expect(ledger.cutsBy("keeper")).toHaveLength(3);
    expect(jicofo.people).toBe(0);
  });

  it("frees a conference of its version when its only bridge is emptied", () => {
    const { bridges, jicofo, join, ledger } = brewery("blue", "green");
    join("call-1", 3);
    const [from, to] = bridges[0].people.size > 0 ? bridges : [bridges[1], bridges[0]];
    from.drain = true;
    seconds(6);
    jicofo.moveFraction(jidOf(from), 1, KEEPER);
    expect([to.people.size, ledger.cuts.length]).toEqual([3, 0]);
  });

  it("notices a killed bridge after 16 seconds, and invites its people anew: they were cut before", () => {
    const { bridges, join, ledger, shown } = brewery("blue", "blue");
    join("call-1", 3);
    const [dead] = bridges.filter(({ people }) => people.size > 0);
    dead!.end({ who: "crash", what: "kill" }, "vanished");
    expect(shown()[jidOf(dead!)]).toMatchObject({ endpoints: 3 });
    expect(ledger.cutsBy("crash")).toHaveLength(3);
    seconds(17);
    expect(shown()[jidOf(dead!)]).toBe(undefined);
    expect(bridges.find((each) => each !== dead)!.people.size).toBe(3);
    expect([ledger.cuts.length, ledger.moves.length]).toEqual([3, 0]);
  });

  it("turns people away when there is no bridge", () => {
    const { jicofo, ledger } = brewery();
    expect(jicofo.join({ id: "call-1/1", conference: "call-1" })).toBe(false);
    expect(ledger.refused).toBe(1);
  });
});
