import { stacksOfFiles } from "../../../cli/review/stacks-of-files";
import type { RolloutStack } from "../../../rollout/fleet-stacks";

const stack = (
  kind: RolloutStack["kind"],
  id: string,
  account: string,
  name: string,
  customers: readonly string[] = [],
): RolloutStack => ({ id, kind, account, name, source: "", needs: [], customers });

const STACKS = new Map(
  [
    stack("account", "account-acme", "acme", "acme"),
    stack("customer", "customer-abc", "acme", "abc", ["customer-abc"]),
    stack("customer", "customer-xyz", "globex", "xyz", ["customer-xyz"]),
    stack("pool", "bridges-acme-a", "acme", "acme/a", ["customer-abc"]),
    stack("pool", "bridges-acme-b", "acme", "acme/b", ["customer-abc", "customer-xyz"]),
    stack("pool", "bridges-globex-c", "globex", "globex/c", ["customer-xyz"]),
    stack("customer", "customer-far", "globex", "far", ["customer-far"]),
  ].map((each) => [each.id, each]),
);
const of = (...files: readonly string[]): string[] => [...stacksOfFiles(STACKS, files)].sort();
const MESH = ["bridges-acme-a", "bridges-acme-b", "bridges-globex-c", "customer-abc", "customer-xyz"];

describe("stacksOfFiles", () => {
  it("is a customer or pool with all that share bridges with it", () => {
    expect(of("acme/customers/abc.yaml")).toEqual(MESH);
    expect(of("acme/customers/abc/web/config.js")).toEqual(MESH);
    expect(of("globex/pools/c.yaml")).toEqual(MESH);
    expect(of("globex/customers/far.yaml")).toEqual(["customer-far"]);
  });

  it("is an account with all that shares bridges with it, and everything for the defaults", () => {
    expect(of("acme/account.yaml")).toEqual(["account-acme", ...MESH]);
    expect(of("defaults.yaml")).toHaveLength(STACKS.size);
  });

  it("is nothing for a file that no stack is made of any more", () => {
    expect(of("acme/customers/gone.yaml", "elsewhere/account.yaml")).toEqual([]);
  });
});
