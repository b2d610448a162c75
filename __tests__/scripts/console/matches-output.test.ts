import { matchesOutput } from "../../../scripts/console/matches-output";

describe("matchesOutput", () => {
  it.each([
    [["a", "b"], ["a", "b"], true],
    [["a"], ["a", "b"], false],
    [["a", "b"], ["a"], false],
    [[], [], true],
    [[], ["a"], false],
    [["took … s."], ["took 3.1 s."], true],
    [["took … s."], ["took 3.1 s!"], false],
    [["took … s."], ["took 3", "s."], false],
    [["a", "…", "z"], ["a", "b", "c", "z"], true],
    [["a", "…", "z"], ["a", "z"], true],
    [["a", "…", "z"], ["a", "b"], false],
    [["(a+b)*"], ["(a+b)*"], true],
    [["a"], ["a  "], true],
  ])("holds %j against %j: %p", (expected, printed, matches) => {
    expect(matchesOutput(expected, printed)).toBe(matches);
  });
});
