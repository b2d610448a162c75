import { fuzzLoader } from "../fuzz/fuzz-loader";

/** A sample; `npm run fuzz` makes 100,000. */
describe("mutated files", () => {
  const report = fuzzLoader(2000, 20);

  it("never throw, and always give a fleet or problems with a place in the file", () =>
    expect(report.failures).toEqual([]));

  it("reach both answers and many messages, or the mutations are too tame", () => {
    expect(report.loaded).toBeGreaterThan(100);
    expect(report.refused).toBeGreaterThan(1000);
    expect(report.kinds).toBeGreaterThan(100);
  });
});
