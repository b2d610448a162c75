import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import type { DashboardUid } from "../dashboard";
import { buildBridgeDashboard } from "./bridge-dashboard";
import { buildCustomerDashboard } from "./customer-dashboard";
import type { DashboardInput } from "./dashboard-input";
import { buildOctoDashboard } from "./octo-dashboard";
import { buildPoolsDashboard } from "./pools-dashboard";
import { buildSignallingDashboard } from "./signalling-dashboard";

const BUILDERS: Readonly<Record<DashboardUid, (input: DashboardInput) => Dashboard>> = {
  "fleet-bridge": buildBridgeDashboard,
  "fleet-customer": buildCustomerDashboard,
  "fleet-octo": buildOctoDashboard,
  "fleet-pools": buildPoolsDashboard,
  "fleet-signalling": buildSignallingDashboard,
};

/** Dashboards of a customer's Grafana: uid -> JSON. */
export const renderDashboards = (input: DashboardInput): Readonly<Record<DashboardUid, string>> =>
  Object.fromEntries(
    Object.entries(BUILDERS).map(([uid, build]) => [uid, `${JSON.stringify(build(input), null, 1)}\n`]),
  ) as Record<DashboardUid, string>;
