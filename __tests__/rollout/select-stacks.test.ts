import { type Request, selectStacks } from "../../rollout/select-stacks";
import { twoAccountStacks } from "../builders/two-account-stacks";

const stacks = twoAccountStacks();
const select = (request: Partial<Request>) => {
  const selection = selectStacks(stacks, { names: [], accounts: [], all: false, ...request });
  if (!("stacks" in selection)) return selection;
  return { stacks: [...selection.stacks].sort(), leftOut: selection.leftOut };
};

describe("selectStacks", () => {
  it.each<[string, Partial<Request>, readonly string[]]>([
    [
      "a customer with the pools that serve it, of other accounts too, and not its account",
      { names: ["xyz"] },
      ["bridges-acme-nl-static", "bridges-globex-eu-burst", "customer-xyz"],
    ],
    ["a pool", { names: ["acme/eu-burst"] }, ["bridges-acme-eu-burst"]],
    [
      "exactly the named stacks",
      { names: ["customer-abc", "account-globex"] },
      ["account-globex", "customer-abc"],
    ],
    ["a retired stack that is named", { names: ["bridges-acme-old"] }, ["bridges-acme-old"]],
    [
      "an account with its customers and pools",
      { accounts: ["globex"] },
      ["account-globex", "bridges-globex-eu-burst", "customer-xyz"],
    ],
  ])("means %s", (_, request, expected) => {
    expect(select(request)).toEqual({ stacks: expected, leftOut: [] });
  });

  it("leaves out what is retired and only implied", () => {
    const everything = [...stacks.keys()].filter((id) => id !== "bridges-acme-old").sort();
    expect(select({ all: true })).toEqual({ stacks: everything, leftOut: ["bridges-acme-old"] });
    expect(select({ all: true, names: ["bridges-acme-old"] })).toEqual({
      stacks: [...stacks.keys()].sort(),
      leftOut: [],
    });
  });

  it("names what nothing has", () => {
    expect(select({ names: ["abc", "abd"] })).toEqual({ unknown: "abd", kind: "customer, pool or stack" });
    expect(select({ accounts: ["acmee"] })).toEqual({ unknown: "acmee", kind: "account" });
  });
});
