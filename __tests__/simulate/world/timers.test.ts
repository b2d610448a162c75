import { Random } from "../../../simulate/random";
import { Timers } from "../../../simulate/world/timers";

describe("Timers", () => {
  it("gives the earliest first, and of two at the same time the one that was set first", () => {
    const timers = new Timers<string>();
    expect(timers.nextAt).toBe(Infinity);
    for (const [at, what] of [
      [5, "b"],
      [9, "d"],
      [5, "c"],
      [1, "a"],
    ] as const)
      timers.set(at, what);
    expect(timers.nextAt).toBe(1);
    expect([timers.pop(), timers.pop(), timers.pop(), timers.pop()].join("")).toBe("abcd");
    expect(timers.nextAt).toBe(Infinity);
  });

  it("keeps thousands in order", () => {
    const random = new Random(1, "timers");
    const timers = new Timers<number>();
    const given: number[] = [];
    for (let i = 0; i < 2000; i++) {
      const at = random.below(500);
      timers.set(at, at);
      if (i % 3 === 0) given.push(timers.pop());
    }
    const rest: number[] = [];
    while (timers.nextAt < Infinity) rest.push(timers.pop());
    expect(given.length + rest.length).toBe(2000);
    expect(rest).toEqual([...rest].sort((a, b) => a - b));
  });
});
