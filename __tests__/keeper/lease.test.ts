import { Lease } from "../../keeper/lease";
import { SetClock } from "../builders/keeper-under-test";

const state = (generation: number) => ({ generation: String(generation), text: "{}" });

describe("Lease", () => {
  it("is free where there is no state, and where the last one left", () => {
    const lease = new Lease("me", 120, new SetClock());
    expect(lease.turn({ generation: "0", text: undefined }, undefined)).toBe("free");
    expect(lease.turn(state(1), "")).toBe("free");
  });

  it("is mine as long as the state names me", () => {
    const clock = new SetClock();
    const lease = new Lease("me", 120, clock);
    clock.pass(3600);
    expect(lease.turn(state(1), "me")).toBe("mine");
  });

  it("is theirs until I have seen one generation for the whole time, whatever the machine's clock says", () => {
    const clock = new SetClock();
    const lease = new Lease("me", 120, clock);
    expect(lease.turn(state(1), "you")).toBe("theirs");
    clock.pass(119);
    expect(lease.turn(state(1), "you")).toBe("theirs");
    clock.set(3600);
    expect(lease.turn(state(1), "you")).toBe("theirs");
    clock.pass(1);
    expect(lease.turn(state(1), "you")).toBe("free");
  });

  it("counts anew with every generation, also of a state that cannot be read", () => {
    const clock = new SetClock();
    const lease = new Lease("me", 120, clock);
    lease.turn(state(1), undefined);
    clock.pass(119);
    expect(lease.turn(state(2), undefined)).toBe("theirs");
    clock.pass(119);
    expect(lease.turn(state(2), undefined)).toBe("theirs");
    clock.pass(1);
    expect(lease.turn(state(2), undefined)).toBe("free");
  });
});
