import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { renderServerFiles } from "../../../render/server/server-files";
import { anAccount } from "../../builders/fleet";
import { aServerInput } from "../../builders/machine-input";
import { readEnvFile } from "../readers/read-env-file";

const files = renderServerFiles(aServerInput());
const { grafana } = (
  load(files.get("/etc/fleet/compose.yaml")!) as {
    services: Record<string, Record<"ports" | "env_file" | "volumes" | "tmpfs", string[]>>;
  }
).services;

const SMTP = { host: "smtp.acme.example", port: 587, from: "jitsi@acme.example" };

describe("grafana's container", () => {
  it("keeps nothing: a rotated password holds at the next start, and a rule whose file is gone calls nobody", () => {
    expect(grafana!.volumes.filter((volume) => !volume.endsWith(":ro"))).toEqual([]);
    expect(grafana!.tmpfs.map((entry) => entry.split(":")[0])).toEqual(["/tmp", "/var/lib/grafana"]);
  });

  it("is told of the mail server, and mounts the secrets that alerts are sent with", () => {
    const alerts = {
      smtp: {
        host: "smtp.acme.example",
        port: 587,
        from: "jitsi@acme.example",
        user: "jitsi",
        passwordSecret: "smtp",
      },
      webhook: { secret: "pager" },
    };
    const account = anAccount({ operators: { ...anAccount().operators, alerts } });
    const told = renderServerFiles(aServerInput({ account }));
    expect(Object.fromEntries(readEnvFile(told.get("/etc/fleet/grafana.env")!))).toMatchObject({
      GF_SMTP_ENABLED: "true",
      GF_SMTP_HOST: "smtp.acme.example:587",
      GF_SMTP_PASSWORD__FILE: "/tmp/fleet-secrets/smtp-password.txt",
    });
    expect(told.get("/etc/fleet/compose.yaml")).toContain(
      "- /run/fleet/secrets/grafana:/run/fleet-secrets:ro\n",
    );
    expect(JSON.parse(told.get("/etc/fleet/secrets.json")!)).toMatchObject({
      "grafana/smtp-password.txt": "projects/acme-meet-prod/secrets/smtp",
      "grafana/webhook-url.txt": "projects/acme-meet-prod/secrets/pager",
    });
  });

  it("starts without a secret that cannot be had, and with the others as they are", () => {
    const alerts = { webhook: { secret: "pager" }, smtp: { ...SMTP, user: "jitsi", passwordSecret: "smtp" } };
    const account = anAccount({ operators: { ...anAccount().operators, alerts } });
    const { services } = load(
      renderServerFiles(aServerInput({ account })).get("/etc/fleet/compose.yaml")!,
    ) as {
      services: { grafana: { entrypoint: [string, string, string] } };
    };
    const [shell, option, script] = services.grafana.entrypoint;
    const root = mkdtempSync(join(tmpdir(), "grafana-secrets-"));
    try {
      mkdirSync(join(root, "run"));
      writeFileSync(join(root, "run/smtp-password.txt"), "sword fish");
      const inTrial = script
        .replaceAll("/run/fleet-secrets", `${root}/run`)
        .replaceAll("/tmp/fleet-secrets", `${root}/copies`)
        .replace("exec /run.sh", "exec echo started");
      const { stdout, status } = spawnSync(shell, [option, inTrial], { encoding: "utf8" });
      expect({ stdout, status }).toEqual({ stdout: "started\n", status: 0 });
      expect(readFileSync(join(root, "copies/smtp-password.txt"), "utf8")).toBe("sword fish");
      expect(readFileSync(join(root, "copies/webhook-url.txt"), "utf8")).toBe("https://missing.invalid/");
      expect(statSync(join(root, "copies/smtp-password.txt")).mode & 0o077).toBe(0);
    } finally {
      rmSync(root, { recursive: true });
    }
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
      "# Grafana takes the password from its environment.
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
            password: \${TELEMETRY_READ_PASSWORD}
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
            password: \${TELEMETRY_READ_PASSWORD}
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
