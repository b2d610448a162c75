import { comment } from "../text/comment";
import { FromEnvironment } from "../text/hocon";
import type { HoconSection } from "../text/hocon";

/**
 * A push over SSH drains the bridge, restarts it and releases it when it is healthy. That it is drained is a file on the
 * machine (`programs/fleet-push.py`), which the bridge looks for at each start of its process: a crash, a reboot or a
 * push that is cut off gives no calls to a bridge that should have none.
 */
const HOST_DIRECTORY = "/var/lib/fleet/bridge";
const DIRECTORY = "/fleet";

const INITIAL_DRAIN = new FromEnvironment("FLEET_INITIAL_DRAIN");

/** The bridge's container, with the directory in sight where files are pushed. */
export const withDrainState = <T extends { readonly volumes: readonly string[] }>(
  cloud: "gcp" | "linode",
  container: T,
) =>
  cloud === "gcp"
    ? container
    : { ...container, volumes: [...container.volumes, `${HOST_DIRECTORY}:${DIRECTORY}:ro`] };

export const drainedAtStart = (): HoconSection => ({
  why: "Whether the bridge begins drained, see videobridge.rc.",
  settings: { videobridge: { "initial-drain-mode": INITIAL_DRAIN } },
});

/** For videobridge.rc, which is sourced at each start. */
export const readDrainState = (): string =>
  comment(
    "A bridge that was drained stays so, whatever restarts it; fleet-push makes and removes the file.",
  ) +
  `export ${INITIAL_DRAIN.name}=false\n` +
  `[ ! -e ${DIRECTORY}/draining ] || export ${INITIAL_DRAIN.name}=true\n`;
