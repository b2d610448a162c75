import { regionOfZone } from "../../model/catalog";
import { bridgeRegion } from "../../model/mesh";
import { configDirectory, envPath } from "../machine-paths";
import type { ServerInput } from "../machine-files";
import { bridgeGroups } from "./bridge-group";
import { renderDashboards } from "./dashboards/all-dashboards";
import { renderGrafanaEnv } from "./grafana-env";
import { GRAFANA } from "./grafana-service";
import { renderDashboardProvider, renderDatasources } from "./provisioning";

const CONFIG = configDirectory(GRAFANA);

/** What Grafana reads: its environment, data sources and dashboards. */
export function grafanaFiles(input: ServerInput): Record<string, string> {
  const { customer, knownPools } = input;
  const region = bridgeRegion(customer.server.cloud, regionOfZone(customer.server.zone));
  const dashboards = renderDashboards({ customer, knownPools, groups: bridgeGroups(input, region) });
  return {
    [envPath(GRAFANA)]: renderGrafanaEnv(customer),
    [`${CONFIG}/provisioning/datasources/influxdb.yaml`]: renderDatasources(),
    [`${CONFIG}/provisioning/dashboards/fleet.yaml`]: renderDashboardProvider(),
    ...Object.fromEntries(
      Object.entries(dashboards).map(([uid, json]) => [`${CONFIG}/dashboards/${uid}.json`, json]),
    ),
  };
}
