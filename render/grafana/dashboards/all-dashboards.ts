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

/** Dashboards of a customer's Grafana by uid. */
export const buildDashboards = (input: DashboardInput): Readonly<Record<DashboardUid, Dashboard>> =>
  Object.fromEntries(Object.entries(BUILDERS).map(([uid, build]) => [uid, build(input)])) as Record<
    DashboardUid,
    Dashboard
  >;
