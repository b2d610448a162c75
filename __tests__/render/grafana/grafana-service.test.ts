import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { renderServerFiles } from "../../../render/server/server-files";
import { aServerInput } from "../../builders/machine-input";
import { readEnvFile } from "../readers/read-env-file";

const files = renderServerFiles(aServerInput());
const { grafana } = (
  load(files.get("/etc/fleet/compose.yaml")!) as {
    services: Record<string, { ports: string[]; entrypoint: [string, string, string]; env_file: string[] }>;
  }
).services;

/** Runs the container's entrypoint with pretended programs in place of the image's. */
function start(trial: { readonly database?: string; readonly resetFails?: boolean }) {
  const root = mkdtempSync(join(tmpdir(), "grafana-entrypoint-"));
  const put = (name: string, text: string) => {
    writeFileSync(join(root, name), text);
    chmodSync(join(root, name), 0o755);
  };
  try {
    if (trial.database !== undefined) put("grafana.db", trial.database);
    put("run.sh", `#!/bin/sh\necho started >>${root}/log\n`);
    put(
      "grafana",
      `#!/bin/sh\necho "grafana $*" >>${root}/log\ncat >>${root}/log\n${trial.resetFails ? "exit 1" : ""}\n`,
    );
    const [shell, options, script] = grafana!.entrypoint;
    const inTrial = script
      .replaceAll("$$", "$") // as compose reads it
      .replace("/var/lib/grafana/grafana.db", `${root}/grafana.db`)
      .replace("/run.sh", `${root}/run.sh`);
    const { status } = spawnSync(shell, [options, inTrial], {
      env: { PATH: `${root}:${process.env["PATH"]}`, GF_SECURITY_ADMIN_PASSWORD: "new" },
    });
    const log = existsSync(join(root, "log")) ? readFileSync(join(root, "log"), "utf8") : "";
    return { status, log: log.trimEnd().split("\n") };
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe("grafana's container", () => {
  it("sets the password of this start where there is a database, and hands it over unseen", () => {
    expect(start({ database: "SQLite" })).toEqual({
      status: 0,
      log: [
        "grafana cli --homepath /usr/share/grafana admin reset-admin-password --password-from-stdin",
        "new",
        "started",
      ],
    });
  });

  it.each([undefined, ""])(
    "leaves an empty database (%p) to Grafana, which takes the password by itself",
    (database) => {
      expect(start(database === undefined ? {} : { database })).toEqual({ status: 0, log: ["started"] });
    },
  );

  it("does not start with a password that may be the old one", () => {
    const { status, log } = start({ database: "SQLite", resetFails: true });
    expect(status).not.toBe(0);
    expect(log).not.toContain("started");
  });

  it("listens on the machine's loopback only", () => {
    expect(grafana!.ports).toEqual(["127.0.0.1:3000:3000"]);
  });

  it("has its passwords from the tmpfs, and no other's", () => {
    expect(grafana!.env_file).toEqual(["/etc/fleet/grafana.env", "/run/fleet/secrets/grafana.env"]);
    const secrets = JSON.parse(files.get("/etc/fleet/secrets.json")!) as Record<string, object>;
    expect(secrets["grafana.env"]).toEqual({
      GF_SECURITY_ADMIN_PASSWORD: "projects/acme-meet-prod/secrets/abc-grafana-admin-password",
      TELEMETRY_READ_PASSWORD: "projects/acme-meet-prod/secrets/abc-telemetry-read-password",
    });
  });
});

describe("grafana's settings", () => {
  const settings = readEnvFile(files.get("/etc/fleet/grafana.env")!);

  it("let nobody in without a login, and ask nobody outside", () => {
    expect(Object.fromEntries(settings)).toMatchObject({
      GF_SERVER_ROOT_URL: "https://abc.meet.acme.example/grafana/",
      GF_SERVER_SERVE_FROM_SUB_PATH: "true",
      GF_AUTH_ANONYMOUS_ENABLED: "false",
      GF_USERS_ALLOW_SIGN_UP: "false",
      GF_SECURITY_COOKIE_SECURE: "true",
      GF_ANALYTICS_REPORTING_ENABLED: "false",
      GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
      GF_SECURITY_DISABLE_GRAVATAR: "true",
    });
  });

  it("open the dashboard of the customer first", () => {
    const path = settings.get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH");
    expect(files.has(path!.replace("/etc/grafana", "/etc/fleet/grafana"))).toBe(true);
  });

  it("read both buckets, by an account that may read only", () => {
    expect(files.get("/etc/fleet/grafana/provisioning/datasources/influxdb.yaml")).toMatchInlineSnapshot(`
      "# Grafana replaces $TELEMETRY_READ_PASSWORD by the variable of its environment.
      apiVersion: 1
      prune: true
      datasources:
        - name: influx
          uid: influx
          orgId: 1
          type: influxdb
          access: proxy
          url: http://influxdb:8086
          isDefault: true
          editable: false
          user: grafana
          jsonData:
            dbName: jitsi
            httpMode: POST
          secureJsonData:
            password: $TELEMETRY_READ_PASSWORD
        - name: influx-hourly
          uid: influx-hourly
          orgId: 1
          type: influxdb
          access: proxy
          url: http://influxdb:8086
          isDefault: false
          editable: false
          user: grafana
          jsonData:
            dbName: jitsi_hourly
            httpMode: POST
          secureJsonData:
            password: $TELEMETRY_READ_PASSWORD
      "
    `);
  });

  it("let nobody change in the browser what is a file", () => {
    expect(load(files.get("/etc/fleet/grafana/provisioning/dashboards/fleet.yaml")!)).toMatchObject({
      providers: [
        { allowUiUpdates: false, disableDeletion: true, options: { path: "/etc/grafana/dashboards" } },
      ],
    });
  });
});
