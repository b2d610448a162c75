import { EditRunner } from "./edit-runner";
import { EDITS } from "./all-edits";

let runner: EditRunner;

beforeAll(async () => {
  runner = await EditRunner.deployed();
});

afterAll(async () => {
  await runner.close();
});

describe("the deployed example accounts", () => {
  it("are valid Terraform, and a second plan of every stack changes nothing", async () => {
    expect(runner.stacks).toHaveLength(10);
    for (const stack of runner.stacks) {
      expect({ stack, ...(await runner.validate(stack)) }).toEqual({ stack, code: 0, plan: [] });
    }
  });
});

describe("an edit", () => {
  it.each(EDITS.map((edit) => [edit.name, edit] as const))("%s", async (_, edit) => {
    const outcome = await runner.run(edit);
    if ("plans" in edit) {
      expect(outcome).toEqual({
        plans: edit.plans,
        callers: edit.callers,
        left: edit.left ?? [],
        ...(edit.refusedByCloud && { refused: expect.stringMatching(edit.refusedByCloud) }),
      });
    } else {
      expect(outcome).toEqual({
        refusedBy: edit.refusedBy,
        words: expect.stringMatching(edit.says),
        ...(edit.refusedBy === "plan" && { callers: edit.callers }),
      });
    }
  });
});
