import { destroyedWith } from "../../rollout/destroyed-with";
import { stillNeeded } from "../../rollout/judge-destroy";
import { twoAccountStacks } from "../builders/two-account-stacks";

const stacks = twoAccountStacks();
const shared = (without: string, serves: string) => ({
  pool: stacks.get("bridges-acme-nl-static"),
  without: [without],
  serves: [serves],
});

describe("destroyedWith", () => {
  it("takes with a customer the pools that are its own, and tells of one that others use", () => {
    expect(destroyedWith(stacks, ["abc"])).toEqual({
      stacks: ["bridges-acme-eu-burst", "customer-abc"],
      shared: [shared("abc", "xyz")],
    });
  });

  it("takes a pool with the last customers that it serves, of other accounts too", () => {
    const { stacks: named, shared: left } = destroyedWith(stacks, ["abc", "customer-xyz"])!;
    expect({ named, left }).toEqual({
      named: [
        "bridges-globex-eu-burst",
        "bridges-acme-nl-static",
        "bridges-acme-eu-burst",
        "customer-xyz",
        "customer-abc",
      ],
      left: [],
    });
    expect(stillNeeded(stacks, new Set(named))).toEqual([]);
  });

  it.each(["acme", "account-acme"])("takes all of an account, and what it has retired (%s)", (name) => {
    const { stacks: named, shared: left } = destroyedWith(stacks, [name])!;
    expect({ named, left }).toEqual({
      named: [
        "bridges-acme-old",
        "bridges-acme-nl-static",
        "bridges-acme-eu-burst",
        "customer-abc",
        "account-acme",
      ],
      left: [],
    });
    expect(stillNeeded(stacks, new Set(named))).toEqual([]);
  });

  it("tells of another account's pool that serves customers of this one", () => {
    expect(destroyedWith(stacks, ["globex"])).toEqual({
      stacks: ["bridges-globex-eu-burst", "customer-xyz", "account-globex"],
      shared: [shared("xyz", "abc")],
    });
  });

  it("takes a pool alone, and knows no other names", () => {
    expect(destroyedWith(stacks, ["acme/nl-static"])).toEqual({
      stacks: ["bridges-acme-nl-static"],
      shared: [],
    });
    expect(destroyedWith(stacks, ["abc", "abd"])).toBeUndefined();
  });
});
