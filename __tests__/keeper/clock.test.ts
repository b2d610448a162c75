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
    /** Unix time, and what the other clock said before and after. */
    const look = () => ({ before: clock.monotonic(), now: clock.now(), after: clock.monotonic() });
    const wall = Date.now() / 1000;
    const first = look();
    expect(first.now).toBeGreaterThan(wall - 1);
    expect(first.now).toBeLessThan(Date.now() / 1000 + 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const second = look();
    const passed = second.now - first.now;
    expect(passed).toBeGreaterThan(second.before - first.after - 0.001);
    expect(passed).toBeLessThan(second.after - first.before + 0.001);
    expect(second.before).toBeGreaterThan(first.after);
  });
});
