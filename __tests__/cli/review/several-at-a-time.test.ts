import { severalAtATime } from "../../../cli/review/several-at-a-time";

describe("severalAtATime", () => {
  it("does everything, never more than so many at once", async () => {
    const done: number[] = [];
    let [now, most] = [0, 0];
    await severalAtATime([1, 2, 3, 4, 5], 2, async (item) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      done.push(item);
    });
    expect([done.sort(), most]).toEqual([[1, 2, 3, 4, 5], 2]);
  });

  it("begins nothing after a failure, waits for what runs, and tells the first", async () => {
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      await Promise.resolve();
      if (item === 2) throw new Error("two");
    };
    await expect(severalAtATime([1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow("two");
    expect(begun).not.toContain(6);
  });
});
