import { machineClock, momentOf, passedSince } from "../../keeper/clock";
import { SetClock } from "../builders/keeper-under-test";

describe("passedSince", () => {
  it("counts what has passed", () => {
    const clock = new SetClock();
    const moment = momentOf(clock);
    clock.pass(12);
    expect(passedSince(moment, clock)).toBe(12);
  });

  it("counts the time of a machine that was suspended: its one clock stood still, and the other was set", () => {
    const clock = new SetClock();
    const moment = momentOf(clock);
    clock.set(300);
    expect(passedSince(moment, clock)).toBe(300);
  });

  it("counts no less when somebody sets the clock back", () => {
    const clock = new SetClock();
    const moment = momentOf(clock);
    clock.pass(12);
    clock.set(-300);
    expect(passedSince(moment, clock)).toBe(12);
  });
});

describe("machineClock", () => {
  it("tells Unix time, and goes on by itself", async () => {
    const clock = machineClock();
    const [begun, now] = [clock.monotonic(), clock.now()];
    expect(Math.abs(now - Date.now() / 1000)).toBeLessThan(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(clock.now() - now).toBeCloseTo(clock.monotonic() - begun, 2);
    expect(clock.monotonic()).toBeGreaterThan(begun);
  });
});
