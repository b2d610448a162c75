import { regionOfZone } from "../../model/catalog";
import { bridgeRegion } from "../../model/mesh";
import { configDirectory, envPath } from "../machine-paths";
import type { ServerInput } from "../machine-files";
import { bridgeGroups } from "./bridge-group";
import { buildDashboards } from "./dashboards/all-dashboards";
import type { DashboardInput } from "./dashboards/dashboard-input";
import { renderGrafanaEnv } from "./grafana-env";
import { GRAFANA } from "./grafana-service";
import { renderDashboardProvider, renderDatasources } from "./provisioning";

const CONFIG = configDirectory(GRAFANA);

/** What the dashboards are made of. */
export function dashboardInput(
  input: Pick<ServerInput, "customer" | "knownPools" | "vcpus">,
): DashboardInput {
  const { customer } = input;
  const { cloud, zone } = customer.server;
  return { customer, groups: bridgeGroups(input, bridgeRegion(cloud, regionOfZone(zone))) };
}

/** What Grafana reads: its environment, data sources and dashboards. */
export const grafanaFiles = (input: ServerInput): Record<string, string> => ({
  [envPath(GRAFANA)]: renderGrafanaEnv(input),
  [`${CONFIG}/provisioning/datasources/influxdb.yaml`]: renderDatasources(),
  [`${CONFIG}/provisioning/dashboards/fleet.yaml`]: renderDashboardProvider(),
  ...Object.fromEntries(
    Object.entries(buildDashboards(dashboardInput(input))).map(([uid, dashboard]) => [
      `${CONFIG}/dashboards/${uid}.json`,
      `${JSON.stringify(dashboard, null, 1)}\n`,
    ]),
  ),
});
