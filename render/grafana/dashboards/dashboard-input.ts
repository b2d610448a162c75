import type { Customer } from "../../../model/fleet";
import type { BridgeGroup } from "../bridge-group";

/** What a customer's dashboards are made of. */
export interface DashboardInput {
  readonly customer: Customer;
  /** The bridges that serve the customer. */
  readonly groups: readonly BridgeGroup[];
}
