import { COMPOSE_ADDRESSES } from "../../model/compose-network";
import type { Customer } from "../../model/fleet";
import { GRAFANA_PATH } from "../../model/telemetry";
import { renderNginxFile } from "../text/nginx-file";

/**
 * Grafana at `https://<host name>/grafana/`. The container's address is written here, so nginx starts without it, and
 * finds it again after it was made anew.
 */
export const renderGrafanaLocation = ({ hostname }: Pick<Customer, "hostname">): string =>
  renderNginxFile([
    {
      why: "Without the slash it would be a room of this name.",
      lines: [`location = ${GRAFANA_PATH} { return 302 https://${hostname}${GRAFANA_PATH}/; }`],
    },
    {
      why:
        "Before all patterns of the image, which take the first part of a path for a tenant. What is live comes over a " +
        "WebSocket. The image's SSI is for its own pages.",
      lines: [
        'set $fleet_upgrade "";',
        'if ($http_upgrade) { set $fleet_upgrade "upgrade"; }',
        `location ^~ ${GRAFANA_PATH}/ {`,
        "  ssi off;",
        `  proxy_pass http://${COMPOSE_ADDRESSES.grafana}:3000;`,
        "  proxy_http_version 1.1;",
        "  proxy_set_header Connection $fleet_upgrade;",
        "  proxy_set_header Host $http_host;",
        "  proxy_set_header Upgrade $http_upgrade;",
        "  proxy_set_header X-Forwarded-For $remote_addr;",
        "  proxy_set_header X-Forwarded-Proto https;",
        "}",
      ],
    },
  ]);
