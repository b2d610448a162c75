import type { Programs } from "../programs";
import { BRIDGE_PHASES } from "./boot-time-unit";
import { renderCloudConfig } from "./cloud-config";

/** First boot of a bridge on Google Cloud. */
export const renderGcpBridgeCloudInit = (programs: Programs): string =>
  renderCloudConfig(
    {
      about:
        "First boot of a bridge on Google Cloud, the same for all of them. What it runs is in the metadata " +
        "attribute fleet-files.",
      source: "google",
      phases: BRIDGE_PHASES,
    },
    programs,
  );
