import { inTurns } from "../../cli/in-turns";

describe("inTurns", () => {
  it("gives others their turn between steps, and returns what the work does", async () => {
    let others = 0;
    const timer = setInterval(() => (others += 1), 1);
    const turns: number[] = [];
    function* work(): Generator<number, string> {
      for (let step = 0; step < 5; step += 1) {
        const end = performance.now() + 60;
        while (performance.now() < end);
        yield step;
      }
      return "done";
    }
    expect(await inTurns(work(), (step) => turns.push(step))).toBe("done");
    clearInterval(timer);
    expect(turns).toEqual([0, 1, 2, 3, 4]);
    expect(others).toBeGreaterThan(0);
  });
});
