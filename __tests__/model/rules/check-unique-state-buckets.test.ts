import { checkUniqueStateBuckets } from "../../../model/rules/check-unique-state-buckets";
import { anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkUniqueStateBuckets", () => {
  it("refuses a second account in one bucket", () => {
    const accounts = [anAccount(), anAccount({ id: "beta" })];
    expect(findings(checkUniqueStateBuckets, { accounts })).toEqual([
      'account beta state.bucket: "acme-meet-prod-terraform" is already the state bucket of account acme; ' +
        "allowed: a bucket that no other account uses; create one, then name it here",
    ]);
  });

  it("accepts a bucket for each", () => {
    const accounts = [anAccount(), anAccount({ id: "beta", state: { bucket: "beta-terraform" } })];
    expect(findings(checkUniqueStateBuckets, { accounts })).toEqual([]);
  });
});
