import { LongWork } from "../../cli/long-work";

describe("LongWork", () => {
  let [now, err] = [0, ""];
  beforeEach(() => ([now, err] = [0, ""]));
  const begun = (): LongWork =>
    new LongWork(
      { out: () => undefined, err: (text: string) => void (err += text), errIsScreen: true },
      () => now,
    );

  it("names the step that is under way once the steps took a second, and takes it away", () => {
    const work = begun();
    expect(work.step("one", () => (now += 600))).toBe(600);
    work.step("two", () => (now += 600));
    expect(err).toBe("");
    work.step("three", () => expect(err).toBe("\r\u001b[Kthree"));
    expect(err).toBe("\r\u001b[Kthree\r\u001b[K");
  });

  it("does not count what passes between steps", () => {
    const work = begun();
    work.step("one", () => (now += 600));
    now += 60_000;
    work.step("two", () => undefined);
    expect(err).toBe("");
  });

  it("takes the line away from a step that fails", () => {
    const work = begun();
    work.step("one", () => (now += 1000));
    const fails = () =>
      work.step("two", () => {
        throw new Error("refused");
      });
    expect(fails).toThrow("refused");
    expect(err).toBe("\r\u001b[Ktwo\r\u001b[K");
  });
});
