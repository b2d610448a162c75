import type { RolloutRequest } from "../../../cli/deploy/rollout-file";
import { selectRequest } from "../../../cli/deploy/select-request";
import { aCustomer, aFleet, anAccount } from "../../builders/fleet";

const asked = (changes: Partial<RolloutRequest>): RolloutRequest => ({
  names: [],
  accounts: [],
  all: false,
  waveSize: 5,
  soakSeconds: 0,
  limit: 10,
  ...changes,
});

describe("selectRequest, of a customer whose id is the stack of another one", () => {
  const fleet = aFleet({ customers: [aCustomer(), aCustomer({ id: "customer-abc" })] });
  const both =
    "customer-abc is both a stack and the id of another customer: say abc for customer abc with its pools, " +
    "or customer-customer-abc for the stack of customer customer-abc.";

  it("names both ways to say it, for what is deployed and for the canary", () => {
    expect(() => selectRequest(fleet, asked({ names: ["customer-abc"] }))).toThrow(both);
    expect(() => selectRequest(fleet, asked({ all: true, canary: "customer-abc" }))).toThrow(
      `--canary: ${both}`,
    );
  });

  it("does what either way says", () => {
    const ids = (name: string): string[] =>
      selectRequest(fleet, asked({ names: [name] })).stacks.map(({ id }) => id);
    expect(ids("abc")).toContain("customer-abc");
    expect(ids("abc")).not.toContain("customer-customer-abc");
    expect(ids("customer-customer-abc")).toEqual(["customer-customer-abc"]);
  });
});

describe("selectRequest, of an account without stacks", () => {
  const { gcp: _, ...bare } = anAccount({ id: "globex" });
  const fleet = (retired: string[] = []) =>
    aFleet({ accounts: [{ ...bare, retired }], customers: [], pools: [] });
  const nothing = "nothing is to be deployed there: it has no Google Cloud, no customers and no pools.";

  it.each<[string, Partial<RolloutRequest>]>([
    [`--account globex: ${nothing}`, { accounts: ["globex"] }],
    [`--all: ${nothing}`, { all: true }],
    ["globex is an account: --account globex means it, its customers and its pools.", { names: ["globex"] }],
  ])("says %s", (message, request) => {
    expect(() => selectRequest(fleet(), asked(request))).toThrow(message);
  });

  it("names what is retired when nothing else is there", () => {
    expect(() => selectRequest(fleet(["bridges-globex-old"]), asked({ accounts: ["globex"] }))).toThrow(
      "--account globex: all that is there is retired; name bridges-globex-old to deploy what destroys them.",
    );
  });
});
