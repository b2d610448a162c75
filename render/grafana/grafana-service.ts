import { COMPOSE_ADDRESSES } from "../../model/compose-network";
import type { Account } from "../../model/fleet";
import { GRAFANA_PORT } from "../../model/telemetry";
import { GRAFANA_IMAGE } from "../../model/versions";
import { alertContainer } from "../alerts/alert-delivery";
import { configDirectory, envPath, secretsPath } from "../machine-paths";
import type { ComposeService } from "../text/compose-file";

/** Service of the compose file, and name of its env files. */
export const GRAFANA = "grafana";

/** Where the container sees its rendered files. */
export const PROVISIONING = "/etc/grafana/provisioning";
export const DASHBOARDS = "/etc/grafana/dashboards";

/** User of the image. */
const UID = 472;

export function grafanaService(account: Pick<Account, "operators">): ComposeService {
  const { volumes, ...start } = alertContainer(account);
  return {
    name: GRAFANA,
    why:
      "Behind web's nginx, at an address that stays, because nginx remembers it. Its database is in memory and made anew " +
      "from the files at each start: so a rotated password holds, and a rule whose file is gone calls nobody. Silences and " +
      "logins end with it.",
    definition: {
      image: GRAFANA_IMAGE,
      ...start,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      read_only: true,
      tmpfs: [
        "/tmp:size=64M,mode=1777,noexec",
        `/var/lib/grafana:size=256M,mode=0700,uid=${UID},gid=${UID},noexec`,
      ],
      restart: "unless-stopped",
      mem_limit: "768m",
      env_file: [envPath(GRAFANA), secretsPath(GRAFANA)],
      ports: [`127.0.0.1:${GRAFANA_PORT}:3000`],
      networks: { default: { ipv4_address: COMPOSE_ADDRESSES.grafana } },
      volumes: [
        `${configDirectory(GRAFANA)}/provisioning:${PROVISIONING}:ro`,
        `${configDirectory(GRAFANA)}/dashboards:${DASHBOARDS}:ro`,
        ...volumes,
      ],
      healthcheck: {
        test: "wget -q -O /dev/null http://127.0.0.1:3000/api/health",
        interval: "30s",
        timeout: "10s",
        start_period: "1m",
      },
    },
  };
}
