import { readPlanActions, readPlanOutputs } from "../../../sandbox/workspace/plan-actions";

const planned = (actions: readonly string[]): unknown[] =>
  readPlanActions(JSON.stringify({ resource_changes: [{ address: "a.b", change: { actions } }] })).map(
    ({ action, createFirst }) => [action, createFirst],
  );

describe("readPlanActions", () => {
  it.each([
    [["create"], "create", false],
    [["update"], "update", false],
    [["delete"], "delete", false],
    [["delete", "create"], "replace", false],
    [["create", "delete"], "replace", true],
    [["forget"], "delete", false],
    [["create", "forget"], "replace", true],
  ])("reads %j", (actions, action, createFirst) => {
    expect(planned(actions)).toEqual([[action, createFirst]]);
  });

  it.each([[["no-op"]], [["read"]]])("leaves out %j", (actions) => {
    expect(planned(actions)).toEqual([]);
  });
});

describe("readPlanOutputs", () => {
  it("names the outputs that change, and no others", () => {
    const output_changes = {
      "name-servers": { actions: ["update"] },
      "server-address": { actions: ["no-op"] },
      "bridge-addresses": { actions: ["create"] },
    };
    expect(readPlanOutputs(JSON.stringify({ output_changes }))).toEqual(["bridge-addresses", "name-servers"]);
    expect(readPlanOutputs("{}")).toEqual([]);
  });
});
