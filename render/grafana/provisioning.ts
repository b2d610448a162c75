import { HOURLY_BUCKET, INFLUXDB_PORT, RAW_BUCKET, READER } from "../../model/telemetry";
import { comment } from "../text/comment";
import { toYaml } from "../text/yaml";
import { DASHBOARDS } from "./grafana-service";

/** Data sources by uid: what dashboards and alerts name. */
export const DATASOURCES = { influx: RAW_BUCKET, "influx-hourly": HOURLY_BUCKET } as const;

export type DatasourceUid = keyof typeof DATASOURCES;

/** The two buckets of the server's InfluxDB, read in InfluxQL by an account that may read only. */
export const renderDatasources = (): string =>
  comment("Grafana takes the password from its environment.") +
  toYaml({
    apiVersion: 1,
    prune: true,
    datasources: Object.entries(DATASOURCES).map(([uid, dbName], place) => ({
      name: uid,
      uid,
      orgId: 1,
      type: "influxdb",
      access: "proxy",
      url: `http://influxdb:${INFLUXDB_PORT}`,
      isDefault: place === 0,
      editable: false,
      user: READER,
      jsonData: { dbName, httpMode: "POST" },
      secureJsonData: { password: "${TELEMETRY_READ_PASSWORD}" },
    })),
  });

/** The folder of dashboards that are files: nobody changes them in the browser. */
export const renderDashboardProvider = (): string =>
  toYaml({
    apiVersion: 1,
    providers: [
      {
        name: "fleet",
        orgId: 1,
        folder: "Fleet",
        folderUid: "fleet",
        type: "file",
        disableDeletion: true,
        allowUiUpdates: false,
        updateIntervalSeconds: 60,
        options: { path: DASHBOARDS },
      },
    ],
  });
