import type { Customer, Pool } from "../../model/fleet";
import { poolTag, SERVER_POOL } from "../../model/telemetry";
import type { Alert } from "./alert";
import { callAlerts } from "./call-alerts";
import { machineAlerts } from "./machine-alerts";
import { poolAlerts } from "./pool-alerts";

/**
 * Everything that is watched in a customer's Grafana: his calls, his server, and the pools that he is the home of.
 *
 * @param pools All that serve him, of other accounts too.
 */
export function allAlerts(customer: Pick<Customer, "id">, pools: readonly Pool[]): Alert[] {
  const own = pools.filter(({ serves }) => serves[0] === customer.id);
  const watched = [...own.map(poolTag).sort(), SERVER_POOL];
  return [...callAlerts(watched), ...own.flatMap(poolAlerts), ...machineAlerts(watched)];
}
