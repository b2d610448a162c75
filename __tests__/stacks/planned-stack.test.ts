import { planStacks } from "../../stacks/planned-stack";
import { aFleet, anAccount } from "../builders/fleet";

describe("planStacks", () => {
  it("names every stack and the file that asks for it", () => {
    const fleet = aFleet({ accounts: [anAccount({ retired: ["customer-old", "bridges-acme-old"] })] });
    expect(planStacks(fleet).map(({ id, kind, source }) => `${id} (${kind}) ${source}`))
      .toMatchInlineSnapshot(`
      [
        "account-acme (account) accounts/acme/account.yaml",
        "customer-abc (customer) accounts/acme/customers/abc.yaml",
        "bridges-acme-eu-burst (pool) accounts/acme/pools/eu-burst.yaml",
        "bridges-acme-nl-static (pool) accounts/acme/pools/nl-static.yaml",
        "bridges-acme-old (retired) accounts/acme/account.yaml",
        "customer-old (retired) accounts/acme/account.yaml",
      ]
    `);
  });

  it("has no stack for an account without Google Cloud: there is nothing that its pools share", () => {
    const { gcp: _, dns: __, ...account } = anAccount();
    expect(planStacks(aFleet({ accounts: [account], customers: [], pools: [] }))).toEqual([]);
  });

  it("refuses a fleet that was not built by loadFleet", () => {
    expect(() => planStacks(aFleet({ accounts: [] }))).toThrow(
      "account acme is not in the fleet. Build the fleet with loadFleet, whose rules hold every reference.",
    );
  });
});
