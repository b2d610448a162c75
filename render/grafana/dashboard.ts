import {
  type AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type QueryVariableBuilder,
  RowBuilder,
  TimePickerBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { GRAFANA_PATH } from "../../model/telemetry";
import type { Placed } from "./panels";

/** Dashboards by uid, which links and bookmarks keep: a uid never changes. */
export const DASHBOARD_TITLES = {
  "fleet-customer": "Customer",
  "fleet-bridge": "Bridge",
  "fleet-signalling": "Signalling",
  "fleet-octo": "Octo",
  "fleet-pools": "Fleet",
} as const;

export type DashboardUid = keyof typeof DASHBOARD_TITLES;

/** Path of a dashboard on the customer's host. */
export const dashboardPath = (uid: DashboardUid): string => `${GRAFANA_PATH}/d/${uid}`;

export interface DashboardWords {
  readonly uid: DashboardUid;
  /** The question that it answers. */
  readonly description: string;
  /** What is shown first: `now-6h`. */
  readonly from: string;
  readonly variables?: readonly QueryVariableBuilder[];
  readonly annotations?: readonly AnnotationQueryBuilder[];
  /** Panels in reading order, under their headings. They fill lines of 24 columns from the left. */
  readonly rows: readonly { readonly title?: string; readonly panels: readonly Placed[] }[];
}

/** Seconds that what is shown lags behind, so that every machine has delivered: Telegraf's interval and its jitter. */
const LAG = "20s";

/** A dashboard, with links to all others that keep the time and the variables. */
export function buildDashboard(words: DashboardWords): Dashboard {
  const { uid, description, from, variables = [], annotations = [], rows } = words;
  const dashboard = new DashboardBuilder(DASHBOARD_TITLES[uid])
    .uid(uid)
    .description(description)
    .tags(["fleet"])
    .readonly()
    .refresh("30s")
    .time({ from, to: "now" })
    .timepicker(new TimePickerBuilder().nowDelay(LAG))
    .tooltip(DashboardCursorSync.Crosshair);
  for (const variable of variables) dashboard.withVariable(variable);
  for (const annotation of annotations) dashboard.annotation(annotation);
  for (const [other, title] of Object.entries(DASHBOARD_TITLES)) {
    if (other !== uid)
      dashboard.link(
        new DashboardLinkBuilder(title)
          .type(DashboardLinkType.Link)
          .url(dashboardPath(other as DashboardUid))
          .icon("dashboard")
          .keepTime(true)
          .includeVars(true),
      );
  }
  let [id, y] = [1, 0];
  for (const { title, panels } of rows) {
    if (title !== undefined) {
      dashboard.withRow(new RowBuilder(title).id(id++).gridPos({ x: 0, y, w: 24, h: 1 }));
      y += 1;
    }
    let [x, lineHeight] = [0, 0];
    for (const { panel, width, height } of panels) {
      if (x + width > 24) [x, y, lineHeight] = [0, y + lineHeight, 0];
      dashboard.withPanel(panel.id(id++).gridPos({ x, y, w: width, h: height }));
      x += width;
      lineHeight = Math.max(lineHeight, height);
    }
    y += lineHeight;
  }
  return dashboard.build();
}
