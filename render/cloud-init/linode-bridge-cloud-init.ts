import type { Programs } from "../programs";
import { renderCloudConfig } from "./cloud-config";

/** First boot of a bridge on Linode; Terraform adds the machine's files to `write_files`. */
export const renderLinodeBridgeCloudInit = (programs: Programs): string =>
  renderCloudConfig(
    {
      about:
        "First boot of a bridge on Linode, the same for all of them. Terraform adds the files below /etc/fleet to " +
        "write_files.",
      source: "linode",
    },
    programs,
  );
