import { runInNewContext } from "node:vm";
import { WORKFLOWS } from "../../builders/workflows";

describe("the labels of a pull request", () => {
  const { on, jobs } = WORKFLOWS.get("pull-request.yml")!;
  /** What GitHub makes of an expression; what these have is JavaScript, but for lists of fields. */
  const evaluate = (expression: string, event: object): unknown =>
    runInNewContext(expression.replace("labels.*.name", "labels.map(({ name }) => name)"), {
      github: { event, repository: "acme/meet" },
      contains: (list: readonly unknown[], item: unknown) => list.includes(item),
      fromJSON: JSON.parse,
      toJSON: JSON.stringify,
    });
  const eventOf = (action: string, { changes = {}, from = "acme/meet" } = {}) => ({
    ...{ action, changes },
    pull_request: { head: { repo: { full_name: from } }, labels: [{ name: "allow: moves calls" }] },
  });
  const labelsOf = jobs["hold"]!.steps.find(({ name }) => name === "all steps")!.env!["FLEET_LABELS"]!;

  it.each([
    ["opened", {}, true],
    ["labeled", {}, true],
    ["unlabeled", {}, true],
    ["edited, such as the title", { changes: { title: {} } }, true],
    ["edited: another base", { changes: { base: {} } }, false],
    ["synchronize", {}, false],
    // A push to a closed pull request is no event, and its labels stay.
    ["reopened", {}, false],
  ])("count after %s", (what, more, count) => {
    const event = eventOf(what.replace(/\W.*/, ""), more);
    expect((on["pull_request"] as { types: string[] }).types).toContain(event.action);
    expect(evaluate(/^\$\{\{(.*)\}\}$/s.exec(labelsOf)![1]!, event)).toBe(
      count ? '["allow: moves calls"]' : "[]",
    );
    expect(Boolean(evaluate(jobs["forget"]!.if!, event))).toBe(!count);
  });

  it.each(["labeled", "reopened"])("of a fork count never, and stay: %s", (action) => {
    const event = eventOf(action, { from: "somebody/meet" });
    expect(evaluate(/^\$\{\{(.*)\}\}$/s.exec(labelsOf)![1]!, event)).toBe("[]");
    expect(Boolean(evaluate(jobs["forget"]!.if!, event))).toBe(false);
  });
});
