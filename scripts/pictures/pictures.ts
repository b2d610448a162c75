import { aServerInput } from "../../__tests__/builders/machine-input";
import { plantedDay } from "../../__tests__/builders/planted-cluster";
import type { RealInfluxDb } from "../../__tests__/builders/real-influxdb";
import { HOURLY_BUCKET } from "../../model/telemetry";
import { grafanaFiles } from "../../render/grafana/grafana-files";
import { drawDashboard } from "./draw-dashboard";
import type { DashboardJson } from "./panel";

/** Dashboards that docs/dashboards.md shows. */
const SHOWN = ["fleet-customer", "fleet-octo"] as const;

/** "Now" in the pictures: a busy afternoon, in the middle of the week. */
const NOW = Date.UTC(2026, 2, 18, 16) / 1000;
const DAY = 86_400;
/** Days of the hourly roll-up before. */
const DAYS_BEFORE = 29;

/** Pictures of a day of customer abc: path from the repository's root -> SVG. Plants the day in the database. */
export async function drawPictures(database: RealInfluxDb): Promise<ReadonlyMap<string, string>> {
  const { raw, hourly } = plantedDay(NOW);
  const before = Array.from({ length: DAYS_BEFORE }, (_, day) => NOW - (day + 1) * DAY)
    .filter((end) => ![0, 6].includes(new Date(end * 1000).getUTCDay())) // nobody works on weekends
    .flatMap((end) => plantedDay(end, 3600).hourly);
  // The dashboards that are shown ask for nothing else.
  await database.write(raw.filter((line) => /^(jvb|jicofo),/.test(line)));
  await database.write([...hourly, ...before], HOURLY_BUCKET);

  const files = grafanaFiles(aServerInput());
  const pictures = new Map<string, string>();
  for (const uid of SHOWN) {
    const [, json] = Object.entries(files).find(([path]) => path.endsWith(`/${uid}.json`))!;
    const dashboard = JSON.parse(json) as DashboardJson;
    pictures.set(`docs/pictures/${uid}.svg`, await drawDashboard(database, dashboard, "abc", NOW));
  }
  return pictures;
}
