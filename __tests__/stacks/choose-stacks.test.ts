import { chooseStacks } from "../../stacks/choose-stacks";
import { planStacks } from "../../stacks/planned-stack";
import { aFleet, anAccount } from "../builders/fleet";

const planned = planStacks(aFleet({ accounts: [anAccount({ retired: ["customer-old"] })] }));
const chosen = (names: string | undefined) => {
  const choice = chooseStacks(planned, names);
  return choice.ok ? { ids: choice.stacks.map(({ id }) => id), partial: choice.partial } : choice.problem;
};

describe("chooseStacks", () => {
  it.each([undefined, "", " \n"])("takes every stack when none is named: %j", (names) => {
    expect(chosen(names)).toEqual({ ids: planned.map(({ id }) => id), partial: false });
  });

  it("takes those that are named, once each, in the order of the fleet", () => {
    expect(chosen(" bridges-acme-eu-burst customer-old\tcustomer-abc\ncustomer-abc ")).toEqual({
      ids: ["customer-abc", "bridges-acme-eu-burst", "customer-old"],
      partial: true,
    });
  });

  it.each([
    [
      "customer-abc customer-acb",
      'FLEET_STACKS: no stack is called "customer-acb"; did you mean customer-abc?',
    ],
    [
      "everything",
      'FLEET_STACKS: no stack is called "everything"; the data asks for account-acme, customer-abc, bridges-acme-eu-burst, ' +
        "bridges-acme-nl-static, customer-old",
    ],
    ["customer-abc,account-acme", expect.stringContaining("with spaces between") as string],
  ])("says which name is wrong: %s", (names, problem) => {
    expect(chosen(names)).toEqual(problem);
  });
});
