import { COMPOSE_ADDRESSES } from "../../model/compose-network";
import { GRAFANA_PORT } from "../../model/telemetry";
import { GRAFANA_IMAGE } from "../../model/versions";
import { configDirectory, envPath, GRAFANA_STORAGE, secretsPath } from "../machine-paths";
import type { ComposeService } from "../text/compose-file";

/** Service of the compose file, and name of its env files. */
export const GRAFANA = "grafana";

/** Where the container sees its rendered files. */
export const PROVISIONING = "/etc/grafana/provisioning";
export const DASHBOARDS = "/etc/grafana/dashboards";

export const grafanaService: ComposeService = {
  name: GRAFANA,
  why:
    "Behind web's nginx, at an address that stays, because nginx remembers it. The password of admin counts in an empty " +
    "database only, hence the reset before each start: after a rotation the new one holds. Root without any capability: " +
    "it owns the directory that Docker makes on the data disk, and may do nothing else that root may.",
  definition: {
    image: GRAFANA_IMAGE,
    entrypoint: [
      "/bin/sh",
      "-ec",
      "if [ -s /var/lib/grafana/grafana.db ]; then\n" +
        // Compose reads `$$` as a dollar sign.
        "  printf '%s\\n' \"$$GF_SECURITY_ADMIN_PASSWORD\" |\n" +
        "    grafana cli --homepath /usr/share/grafana admin reset-admin-password --password-from-stdin\n" +
        "fi\n" +
        "exec /run.sh\n",
    ],
    user: "0:0",
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    read_only: true,
    tmpfs: ["/tmp:size=64M,mode=1777,noexec"],
    restart: "unless-stopped",
    mem_limit: "512m",
    env_file: [envPath(GRAFANA), secretsPath(GRAFANA)],
    ports: [`127.0.0.1:${GRAFANA_PORT}:3000`],
    networks: { default: { ipv4_address: COMPOSE_ADDRESSES.grafana } },
    volumes: [
      `${GRAFANA_STORAGE}:/var/lib/grafana`,
      `${configDirectory(GRAFANA)}/provisioning:${PROVISIONING}:ro`,
      `${configDirectory(GRAFANA)}/dashboards:${DASHBOARDS}:ro`,
    ],
    healthcheck: {
      test: "wget -q -O /dev/null http://127.0.0.1:3000/api/health",
      interval: "30s",
      timeout: "10s",
      start_period: "1m",
    },
  },
};
