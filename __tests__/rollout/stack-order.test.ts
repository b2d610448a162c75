import { deployOrder, destroyOrder, inSteps } from "../../rollout/stack-order";

const IDS = ["bridges-acme-a", "customer-b", "account-globex", "customer-a", "account-acme"];

describe("the order of stacks", () => {
  it("has accounts first, then customers, then pools, each by id", () => {
    expect(deployOrder(IDS)).toEqual([
      "account-acme",
      "account-globex",
      "customer-a",
      "customer-b",
      "bridges-acme-a",
    ]);
  });

  it("is the other way round for a destroy", () => {
    expect(destroyOrder(IDS)).toEqual(deployOrder(IDS).reverse());
  });

  it("falls into steps whose stacks need not one another", () => {
    expect(inSteps(deployOrder(IDS))).toEqual([
      ["account-acme", "account-globex"],
      ["customer-a", "customer-b"],
      ["bridges-acme-a"],
    ]);
    expect(inSteps([])).toEqual([]);
  });
});
