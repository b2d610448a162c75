import { checkRetired } from "../../../model/rules/check-retired";
import { anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const retiring = (...retired: string[]) => ({ accounts: [anAccount({ retired })] });
const GONE = "allowed: stacks whose file is gone; remove the file, or this entry";

describe("checkRetired", () => {
  it("refuses stacks that still have a file", () => {
    expect(findings(checkRetired, retiring("customer-abc", "bridges-acme-eu-burst"))).toEqual([
      `account acme retired.0: "customer-abc" is still in use by accounts/acme/customers/abc.yaml; ${GONE}`,
      `account acme retired.1: "bridges-acme-eu-burst" is still in use by accounts/acme/pools/eu-burst.yaml; ${GONE}`,
    ]);
  });

  it("counts files that cannot be read", () => {
    const broken = { customers: new Set(["old"]), pools: new Set(["acme/old"]) };
    expect(findings(checkRetired, retiring("customer-old", "bridges-acme-old"), broken)).toEqual([
      `account acme retired.0: "customer-old" is still in use by customer old; ${GONE}`,
      `account acme retired.1: "bridges-acme-old" is still in use by pool old of account acme; ${GONE}`,
    ]);
  });

  it.each(["bridges-globex-eu", "bridges-acme", "bridges-acme-"])(
    "refuses %s, which is not this account's",
    (stack) => {
      expect(findings(checkRetired, retiring(stack))).toEqual([
        `account acme retired.0: "${stack}" is not a stack of account acme; allowed: customer-<id> and ` +
          "bridges-acme-<pool>; retire it in the account that it belonged to",
      ]);
    },
  );

  it("refuses a stack that is retired twice", () => {
    const accounts = [
      anAccount({ retired: ["customer-old"] }),
      anAccount({ id: "beta", retired: ["customer-old"] }),
    ];
    expect(findings(checkRetired, { accounts })).toEqual([
      'account beta retired.0: "customer-old" is already retired by account acme; allowed: each stack once; remove one',
    ]);
  });

  it("refuses a stack that is named twice in one list", () => {
    expect(findings(checkRetired, retiring("customer-old", "customer-old"))).toEqual([
      'account acme retired.1: "customer-old" is named twice; allowed: each stack once; remove one',
    ]);
  });

  it("accepts stacks whose file is gone", () => {
    expect(findings(checkRetired, retiring("customer-old", "bridges-acme-old"))).toEqual([]);
  });
});
