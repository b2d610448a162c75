import { buildDashboards } from "../../../render/grafana/dashboards/all-dashboards";
import type { DashboardUid } from "../../../render/grafana/dashboard";
import { dashboardInput } from "../../../render/grafana/grafana-files";
import type { Shown } from "../../builders/grafana-query";
import { aServerInput } from "../../builders/machine-input";
import { plantedMoment } from "../../builders/planted-moment";
import { describeWithInfluxDb, RealInfluxDb } from "../../builders/real-influxdb";
import { lastValues, panelsOf, rows } from "./shown-panels";

const END = Date.UTC(2026, 2, 17, 12) / 1000;
const SHOWN: Shown = {
  from: END - 1800,
  to: END,
  variables: { pool: "acme-eu-burst", instance: "eu-burst-a1b2" },
};
const dashboards = buildDashboards(dashboardInput(aServerInput()));

let database: RealInfluxDb;
describeWithInfluxDb("what the panels show", () => {
  beforeAll(async () => {
    database = await RealInfluxDb.start();
    const { raw, hourly } = plantedMoment(END);
    await database.write(raw);
    await database.write(hourly, "jitsi_hourly");
  });
  afterAll(() => database.stop());
  it("dump", async () => {
    for (const [uid, d] of Object.entries(dashboards)) {
      for (const panel of panelsOf(d)) {
        if (panel.type === "text" || panel.type === "row") continue;
        try {
          console.log(
            uid,
            panel.title,
            JSON.stringify(
              panel.type === "table"
                ? await rows(database, panel, SHOWN)
                : await lastValues(database, panel, SHOWN),
            ),
          );
        } catch (e) {
          console.log(uid, panel.title, "ERR", String(e));
        }
      }
    }
    const size = Object.values(dashboards).map((d) => JSON.stringify(d, null, 1).length);
    console.log(size, JSON.stringify(Object.values(dashboards)).length);
  }, 60000);
});
export type X = DashboardUid;
