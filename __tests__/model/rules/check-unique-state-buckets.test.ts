import { checkUniqueStateBuckets } from "../../../model/rules/check-unique-state-buckets";
import { anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkUniqueStateBuckets", () => {
  it("refuses a second account in one bucket", () => {
    const accounts = [anAccount(), anAccount({ id: "beta" })];
    expect(findings(checkUniqueStateBuckets, { accounts })).toEqual([
      'account beta state.bucket: "acme-meet-prod-terraform" is already the state bucket of account acme (the original, by the names); ' +
        "allowed: a bucket that no other account uses; create one, then name it here",
    ]);
  });

  it("refuses the bucket that an account makes for itself", () => {
    const accounts = [anAccount({ state: { bucket: "acme-meet-prod-fleet-artifacts" } })];
    expect(findings(checkUniqueStateBuckets, { accounts })).toEqual([
      'account acme state.bucket: "acme-meet-prod-fleet-artifacts" is the bucket that account acme makes for its ' +
        "keepers; allowed: a bucket that no other account uses; create one, then name it here",
    ]);
  });

  it("accepts a bucket for each", () => {
    const accounts = [anAccount(), anAccount({ id: "beta", state: { bucket: "beta-terraform" } })];
    expect(findings(checkUniqueStateBuckets, { accounts })).toEqual([]);
  });
});
