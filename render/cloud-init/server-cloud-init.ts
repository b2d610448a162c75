import {
  CERTIFICATES,
  DATA,
  DATA_DEVICE,
  DATA_DISK_PROBE,
  INFLUXDB_STORAGE,
  KEEPER_STORAGE,
  PROSODY_STORAGE,
  WEB_STAGING_STORAGE,
  WEB_STORAGE,
} from "../machine-paths";
import type { Programs } from "../programs";
import { SERVER_PHASES } from "./boot-time-unit";
import { renderCloudConfig } from "./cloud-config";
import { certificatesUnit } from "./certificates-unit";

/** First boot of an app server on Google Cloud, with its data disk (attached as device `data`). */
export const renderServerCloudInit = (programs: Programs): string =>
  renderCloudConfig(
    {
      about:
        "First boot of an app server on Google Cloud, the same for all of them. What it runs is in the metadata " +
        "attribute fleet-files.",
      source: "google",
      phases: SERVER_PHASES,
      dataDisk: {
        device: DATA_DEVICE,
        mountPoint: DATA,
        directories: [
          WEB_STORAGE,
          WEB_STAGING_STORAGE,
          PROSODY_STORAGE,
          INFLUXDB_STORAGE,
          CERTIFICATES,
          DATA_DISK_PROBE,
          KEEPER_STORAGE,
        ],
      },
      service: certificatesUnit(),
    },
    programs,
  );
