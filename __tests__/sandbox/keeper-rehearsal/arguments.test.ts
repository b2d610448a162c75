import { readKeeperRehearsalArguments } from "../../../sandbox/keeper-rehearsal/arguments";

describe("readKeeperRehearsalArguments", () => {
  it("needs the pool only", () => {
    expect(readKeeperRehearsalArguments(["acme/eu-burst"])).toEqual({
      pool: "acme-eu-burst",
      speed: 120,
      peak: 250,
      from: 7,
      hours: 17,
      seed: 1,
    });
  });

  it("takes its options", () => {
    const args = "acme/eu-burst --speed 60 --peak 90 --from 0 --hours 0.5 --seed 3".split(" ");
    expect(readKeeperRehearsalArguments(args)).toMatchObject({
      speed: 60,
      peak: 90,
      from: 0,
      hours: 0.5,
      seed: 3,
    });
  });

  it.each([
    [[], /^Usage: npm run rehearse:keeper/],
    [["acme"], /^Usage/],
    [["acme/eu-burst", "acme/us-burst"], /^Usage/],
    [["acme/eu-burst", "--speed", "fast"], /^--speed fast: allowed are 1 to 480\./],
    [["acme/eu-burst", "--speed", "1000"], /^--speed 1000: allowed are 1 to 480\./],
    [["acme/eu-burst", "--from="], /^--from : allowed are 0 to 23\./],
    [["acme/eu-burst", "--days", "3"], /^Unknown option '--days'/],
  ])("refuses %j", (args, message) => {
    expect(() => readKeeperRehearsalArguments(args)).toThrow(message);
  });
});
