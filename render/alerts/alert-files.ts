import type { Account, Customer, Pool } from "../../model/fleet";
import { configDirectory } from "../machine-paths";
import { toYaml } from "../text/yaml";
import type { Alert } from "./alert";
import { allAlerts } from "./all-alerts";
import { renderAlertRoutes } from "./alert-delivery";
import { grafanaRule } from "./grafana-rule";

/** Where Grafana's container finds them as `/etc/grafana/provisioning/alerting`. */
export const ALERTING = `${configDirectory("grafana")}/provisioning/alerting`;

/** Folder of the rules in Grafana. */
const FOLDER = "Alerts";

/**
 * What Grafana of a customer watches, and whom it tells: one file of rules for the customer and one for each pool that he
 * is the home of, so that a review shows whose numbers changed.
 */
export function alertFiles({ account, customer, pools }: AlertInput): Readonly<Record<string, string>> {
  const alerts = allAlerts(customer, pools);
  const labelled = {
    account: account.id,
    customer: customer.id,
    runbook: account.operators.alerts?.runbook,
  };
  const rules = (group: string, those: readonly Alert[]): string =>
    toYaml({
      apiVersion: 1,
      groups: [
        {
          orgId: 1,
          name: group,
          folder: FOLDER,
          interval: "60s",
          rules: those.map((alert) => grafanaRule(alert, labelled)),
        },
      ],
    });
  const routes = renderAlertRoutes(account);
  const watched = [...new Set(alerts.map(({ pool }) => pool))];
  return {
    ...Object.fromEntries(
      watched.map((pool) => [
        `${ALERTING}/${pool === undefined ? "rules" : `rules-${pool}`}.yaml`,
        rules(
          pool ?? customer.id,
          alerts.filter((alert) => alert.pool === pool),
        ),
      ]),
    ),
    ...(routes === undefined ? {} : { [`${ALERTING}/delivery.yaml`]: routes }),
  };
}

export interface AlertInput {
  readonly account: Account;
  readonly customer: Customer;
  /** All that serve the customer, of other accounts too. */
  readonly pools: readonly Pool[];
}
