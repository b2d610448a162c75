import { resumedRequest } from "../../../cli/deploy/resumed-request";
import type { Rollout, RolloutRequest } from "../../../cli/deploy/rollout-file";
import { aCustomer, aFleet, aGcpPool, anAccount } from "../../builders/fleet";

/** A rollout of two customers with a pool that serves both. */
const earlier = (asked: Partial<RolloutRequest>): Rollout => ({
  version: 1,
  asked: { names: [], accounts: [], all: false, waveSize: 5, soakSeconds: 0, limit: 10, ...asked },
  waves: [],
  stacks: {
    "customer-abc": { status: "done", sha256: "0" },
    "customer-xyz": { status: "failed", sha256: "0" },
    "bridges-acme-eu-burst": { status: "waiting", sha256: "0" },
  },
});
const HERE = { accounts: "accounts", rehearse: false };
const FORGET = "`npx fleet deploy --forget` forgets";

/** The data without xyz. */
const now = aFleet({ customers: [aCustomer()], pools: [aGcpPool()] });
const resumed = (asked: Partial<RolloutRequest>, fleet = now) => {
  const before = earlier(asked);
  return resumedRequest(fleet, before.asked, before, HERE);
};

describe("resumedRequest", () => {
  it("changes nothing when everything is there", () => {
    const fleet = aFleet({
      customers: [aCustomer(), aCustomer({ id: "xyz" })],
      pools: [aGcpPool({ serves: ["abc", "xyz"] })],
    });
    const asked = { names: ["xyz", "abc"], canary: "xyz" };
    expect(resumed(asked, fleet)).toEqual({ request: earlier(asked).asked, gone: [] });
  });

  it("goes on with what a gone name has left, and says what it has not", () => {
    const { request, gone } = resumed({ names: ["xyz"] });
    expect({ names: request.names, gone }).toEqual({
      names: ["customer-abc", "bridges-acme-eu-burst"],
      gone: ["customer-xyz"],
    });
  });

  it("goes on without a canary that is gone, but not with a wrong one that is named now", () => {
    const asked = { all: true, canary: "xyz" };
    const { canary: _, ...others } = earlier(asked).asked;
    expect(resumed(asked)).toEqual({ request: others, gone: ["customer-xyz"], goneCanary: "xyz" });
    const before = earlier(asked);
    expect(resumedRequest(now, { ...before.asked, canary: "abd" }, before, HERE).request.canary).toBe("abd");
  });

  it("does not deploy unasked what was retired meanwhile", () => {
    const fleet = aFleet({
      accounts: [anAccount({ retired: ["customer-xyz"] })],
      customers: [aCustomer()],
      pools: [aGcpPool()],
    });
    const { request, gone } = resumed({ names: ["xyz"] }, fleet);
    expect(request.names).not.toContain("customer-xyz");
    expect(gone).toEqual(["customer-xyz"]);
  });

  it("says how to forget a rollout of which nothing is left, or of which a name means two things", () => {
    const globex = aFleet({
      accounts: [anAccount({ id: "globex" })],
      customers: [aCustomer({ id: "globex", account: "globex" })],
      pools: [],
    });
    expect(() => resumed({ names: ["xyz"], accounts: ["acme"] }, globex)).toThrow(
      `the data have none of the rollout's stacks any more (customer-abc, customer-xyz, bridges-acme-eu-burst); ${FORGET} it.`,
    );
    const both = aFleet({ customers: [aCustomer(), aCustomer({ id: "customer-abc" })], pools: [] });
    expect(() => resumed({ names: ["customer-abc"] }, both)).toThrow(FORGET);
  });
});
