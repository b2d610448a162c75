import { type Candidate, selectBridge } from "../../../simulate/world/select-bridge";

interface Named extends Candidate {
  readonly name: string;
}
type Overrides = Partial<Omit<Named, "seen">> & { readonly seen?: Partial<Candidate["seen"]> };

const aBridge = (name: string, stress: number, { seen, ...rest }: Overrides = {}): Named => ({
  name,
  recent: 0,
  release: "r1",
  state: "serving",
  graceful: false,
  shuttingDown: false,
  ...rest,
  seen: { drain: false, graceful: false, shuttingDown: false, stress, ...seen },
});

const chosen = (bridges: readonly Named[], on: Readonly<Record<string, number>> = {}, release?: string) =>
  selectBridge(bridges, { release, countOn: ({ name }) => on[name] ?? 0 }, 0.01)?.name;

describe("selectBridge", () => {
  it("takes the least loaded for a new conference", () => {
    expect(chosen([aBridge("a", 0.4), aBridge("b", 0.2), aBridge("c", 0.3)])).toBe("b");
  });

  it("counts those who were sent there in the last 20 s", () => {
    expect(chosen([aBridge("a", 0.2, { recent: 11 }), aBridge("b", 0.3)])).toBe("b");
    expect(chosen([aBridge("a", 0.2, { recent: 9 }), aBridge("b", 0.3)])).toBe("a");
  });

  it("stays on a bridge of the conference until that is overloaded", () => {
    const bridges = [aBridge("a", 0.79), aBridge("b", 0.1)];
    expect(chosen(bridges, { a: 5 })).toBe("a");
    expect(chosen([aBridge("a", 0.79, { recent: 1 }), aBridge("b", 0.1)], { a: 5 })).toBe("b");
  });

  it("takes a bridge with 80 of the conference for overloaded", () => {
    const bridges = [aBridge("a", 0.3), aBridge("b", 0.5)];
    expect(chosen(bridges, { a: 79 })).toBe("a");
    expect(chosen(bridges, { a: 80 })).toBe("b");
  });

  it("takes the least loaded when all are overloaded", () => {
    expect(chosen([aBridge("a", 1.2), aBridge("b", 0.9)], { a: 5 })).toBe("b");
  });

  it("avoids a draining bridge while another is there, even a conference's own or an overloaded one", () => {
    const draining = aBridge("a", 0.1, { seen: { drain: true } });
    expect(chosen([draining, aBridge("b", 0.95)], { a: 5 })).toBe("b");
    expect(chosen([draining])).toBe("a");
  });

  it("knows of a drain only what the presence said", () => {
    expect(chosen([aBridge("a", 0.1), aBridge("b", 0.5)])).toBe("a");
  });

  it("rather takes a bridge that drains than one that is leaving gracefully", () => {
    const leaving = aBridge("a", 0.1, { graceful: true, seen: { graceful: true } });
    expect(chosen([leaving, aBridge("b", 0.9)], { a: 5 })).toBe("b");
    expect(chosen([leaving], { a: 5 })).toBe("a");
    // It takes no new conferences, whatever Jicofo has.
    expect(chosen([leaving])).toBeUndefined();
  });

  it("never takes one that is shutting down, boots or is gone", () => {
    expect(
      chosen([
        aBridge("a", 0, { seen: { shuttingDown: true } }),
        aBridge("b", 0, { shuttingDown: true }),
        aBridge("c", 0, { state: "booting" }),
        aBridge("d", 0, { state: "exited" }),
      ]),
    ).toBeUndefined();
  });

  it("keeps a conference on bridges of one release", () => {
    const bridges = [aBridge("a", 0.1, { release: "r2" }), aBridge("b", 0.7)];
    expect(chosen(bridges, { b: 3 }, "r1")).toBe("b");
    expect(chosen(bridges)).toBe("a");
    expect(chosen([bridges[0]!], {}, "r1")).toBeUndefined();
  });
});
