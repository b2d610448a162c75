import { fleetStacks } from "../../rollout/fleet-stacks";
import { aCustomer, aFleet, aGcpPool, aLinodePool, anAccount } from "./fleet";

/** Stacks of acme and globex: a customer and a Google pool each, a Linode pool of acme for both, and a retired pool. */
export const twoAccountStacks = () =>
  fleetStacks(
    aFleet({
      accounts: [anAccount({ retired: ["bridges-acme-old"] }), anAccount({ id: "globex" })],
      customers: [aCustomer(), aCustomer({ id: "xyz", account: "globex" })],
      pools: [
        aGcpPool(),
        aLinodePool({ serves: ["abc", "xyz"] }),
        aGcpPool({ account: "globex", serves: ["xyz"] }),
      ],
    }),
  );
