import type { Customer } from "../../../model/fleet";
import type { KnownPool } from "../../machine-files";
import type { BridgeGroup } from "../bridge-group";

/** What a customer's dashboards are made of. */
export interface DashboardInput {
  readonly customer: Customer;
  /** All pools of the customer's account, and those of others that serve the customer. */
  readonly knownPools: readonly KnownPool[];
  /** The bridges that serve the customer. */
  readonly groups: readonly BridgeGroup[];
}
