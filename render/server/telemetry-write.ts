import { COMPOSE_ADDRESSES } from "../../model/compose-network";
import { TELEMETRY_PATH } from "../../model/telemetry";
import { renderNginxFile } from "../text/nginx-file";

/**
 * Where bridges write their measurements: the one thing of InfluxDB that others than this machine can reach, and only for
 * accounts of pools (`telemetryLogins` in model/turns.ts, which have a dot). Whether their password is right, InfluxDB says.
 */
export const renderTelemetryWrite = (): string =>
  renderNginxFile([
    {
      why:
        `Measurements of bridges, to InfluxDB by its address: a name that is not there would keep nginx from starting. ` +
        "Nothing else of it is here. Other accounts than pools' have no business outside of this machine, and a password " +
        "in the URL would stand in logs.",
      lines: [
        `location = ${TELEMETRY_PATH}/write {`,
        "    access_log off;",
        "    if ($request_method != POST) { return 405; }",
        "    if ($arg_p) { return 400; }",
        '    if ($remote_user !~ "^[a-z0-9-]+\\.[a-z0-9-]+(\\.even)?$") { return 400; }',
        "    # A batch is 1000 points, below 2 MB; nginx hands it on as it comes, and keeps none on its small disk.",
        "    client_max_body_size 4m;",
        "    proxy_request_buffering off;",
        "    proxy_http_version 1.1;",
        '    proxy_set_header Connection "";',
        "    proxy_set_header Host $host;",
        "    proxy_connect_timeout 5s;",
        "    # Telegraf throws away what InfluxDB refuses in JSON, and keeps what a proxy is at a loss with: an account that is",
        "    # not made yet, or has another password for a while, shall cost no point. 400 stays: such points never get in.",
        "    proxy_intercept_errors on;",
        "    error_page 401 403 404 =503 @telemetry-later;",
        `    proxy_pass http://${COMPOSE_ADDRESSES.influxdb}:8086/write;`,
        "}",
        "location @telemetry-later { return 503; }",
      ],
    },
  ]);
