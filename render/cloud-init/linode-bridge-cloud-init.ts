import type { Programs } from "../programs";
import { compactPython } from "../text/compact-python";
import { BRIDGE_PHASES } from "./boot-time-unit";
import { renderCloudConfig } from "./cloud-config";

/**
 * First boot of a bridge on Linode; Terraform adds the machine's files to `write_files`. The program is without its
 * comments, because Linode takes 16,384 characters of user data.
 */
export const renderLinodeBridgeCloudInit = (programs: Programs): string =>
  renderCloudConfig(
    {
      about:
        "First boot of a bridge on Linode, the same for all of them. Terraform adds the files below /etc/fleet to " +
        "write_files.",
      source: "linode",
      phases: BRIDGE_PHASES,
    },
    {
      ...programs,
      "fleet-apply": compactPython(programs["fleet-apply"]),
    },
  );
