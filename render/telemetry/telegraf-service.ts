import { TELEGRAF_IMAGE } from "../../model/versions";
import { configDirectory, DATA, DATA_DISK_PROBE, HOST_ENV_PATH, RUN, secretsPath } from "../machine-paths";
import type { ComposeService } from "../text/compose-file";

export const TELEGRAF = "telegraf";

export const TELEGRAF_CONF_PATH = `${configDirectory(TELEGRAF)}/telegraf.conf`;

/** Base of the memory limit, and what each output may fill in an outage (docs/operations.md, "Telemetry"), in MB. */
const BASE_MEMORY = 192;
const OUTPUT_MEMORY = 64;

/**
 * Telegraf on a machine. It sees the machine's processors, memory and network in `/proc`, which a container shares, and
 * the disk in its own root; so nothing of the machine is mounted but what `fleet-apply` and others say of themselves.
 *
 * @param outputs Databases that it writes to.
 */
export const telegrafService = (role: "bridge" | "server", outputs: number): ComposeService => ({
  name: TELEGRAF,
  why:
    "The machine's own network, for its counters and for what listens on loopback. Nobody's user (it reads no secret " +
    "file), less processor time than calls get, and the first to go when memory is short.",
  definition: {
    image: TELEGRAF_IMAGE,
    // The image's own would begin as root.
    entrypoint: ["telegraf", "--config", "/etc/telegraf/telegraf.conf"],
    user: "65534:65534",
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    network_mode: "host",
    restart: "unless-stopped",
    mem_limit: `${BASE_MEMORY + OUTPUT_MEMORY * outputs}m`,
    oom_score_adj: 800,
    cpu_shares: 128,
    env_file: [HOST_ENV_PATH, secretsPath(TELEGRAF)],
    volumes: [
      `${configDirectory(TELEGRAF)}:/etc/telegraf:ro`,
      // The directory: a file that is replaced would be lost to a container that mounts the file.
      `${RUN}:${RUN}:ro`,
      ...(role === "server" ? [`${DATA_DISK_PROBE}:${DATA}:ro`] : []),
    ],
  },
});
