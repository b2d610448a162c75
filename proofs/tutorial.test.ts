import { followPage } from "../scripts/console/follow-page";

describe("docs/tutorial.md", () => {
  it("prints what it says it prints, from an empty folder on", async () => {
    const { page, differences } = await followPage("docs/tutorial.md");
    expect(page.steps.length).toBeGreaterThan(15);
    // As a person would see it: the command, and the output that should be written there.
    expect(
      differences.map(({ step, printed, code }) => ({
        command: `line ${step.line}: ${step.command}`,
        code,
        expected: step.expected.join("\n"),
        printed: printed.join("\n"),
      })),
    ).toEqual([]);
  });
});
