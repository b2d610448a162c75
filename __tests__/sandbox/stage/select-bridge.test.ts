import { selectBridge } from "../../../sandbox/stage/select-bridge";
import type { SelectableBridge } from "../../../sandbox/stage/select-bridge";

const bridge = (overrides: Partial<SelectableBridge> = {}): SelectableBridge => ({
  operational: true,
  drain: false,
  graceful: false,
  shuttingDown: false,
  version: "blue",
  correctedStress: 0.1,
  ...overrides,
});
const NOBODY = new Map<SelectableBridge, number>();

describe("selectBridge", () => {
  it("takes the one with the least stress for a new conference", () => {
    const idle = bridge({ correctedStress: 0 });
    expect(selectBridge([bridge(), idle], NOBODY)).toBe(idle);
  });

  it("keeps a conference together until its bridge is overloaded or has 80 of it", () => {
    const [own, idle] = [bridge({ correctedStress: 0.7 }), bridge({ correctedStress: 0 })];
    expect(selectBridge([own, idle], new Map([[own, 79]]))).toBe(own);
    expect(selectBridge([own, idle], new Map([[own, 80]]))).toBe(idle);
    const overloaded = bridge({ correctedStress: 0.8 });
    expect(selectBridge([overloaded, idle], new Map([[overloaded, 3]]))).toBe(idle);
  });

  it("takes a drained one, or one that leaves gracefully, only when there is no other", () => {
    const [drained, busy] = [bridge({ drain: true, correctedStress: 0 }), bridge({ correctedStress: 0.9 })];
    expect(selectBridge([drained, busy], NOBODY)).toBe(busy);
    expect(selectBridge([drained], NOBODY)).toBe(drained);
    const leaving = bridge({ graceful: true, correctedStress: 0 });
    expect(selectBridge([leaving, busy], NOBODY)).toBe(busy);
    expect(selectBridge([leaving], NOBODY)).toBe(leaving);
  });

  it("takes none that shuts down or is not well", () => {
    expect(selectBridge([bridge({ shuttingDown: true }), bridge({ operational: false })], NOBODY)).toBe(
      undefined,
    );
  });

  it("never mixes versions: who joins a conference on an old bridge gets an old one, drained or not, or none", () => {
    const [old, fresh] = [bridge({ drain: true }), bridge({ version: "green", correctedStress: 0 })];
    expect(selectBridge([old, fresh], new Map([[old, 2]]))).toBe(old);
    const gone = bridge();
    expect(selectBridge([fresh], new Map([[gone, 2]]))).toBe(undefined);
    expect(selectBridge([old, fresh], NOBODY)).toBe(fresh);
  });
});
