import { load } from "js-yaml";
import type { KeeperFile } from "../../../model/keeper-file";
import { keeperSettings } from "../../../model/keeper-settings";
import { keeperSchema } from "../../../model/schema/keeper";
import { keeperFiles, renderKeeperFile } from "../../../render/server/keeper";
import { renderServerFiles } from "../../../render/server/server-files";
import { aGcpPool } from "../../builders/fleet";
import { aServerInput } from "../../builders/machine-input";

const { scaling } = aGcpPool();
const fileOf = (pool: Parameters<typeof aGcpPool>[0] = {}): KeeperFile =>
  JSON.parse(renderKeeperFile({ id: "abc" }, [aGcpPool(pool)], "acme-meet-prod")) as KeeperFile;

describe("renderKeeperFile", () => {
  it("says where Jicofo and the database are, and what there is to know of each pool", () => {
    const { pools, ...rest } = fileOf();
    expect(rest).toEqual({
      customer: "abc",
      jicofo: "http://127.0.0.1:8888",
      influxdb: { url: "http://127.0.0.1:8086", database: "jitsi", username: "server" },
    });
    expect(pools).toEqual([
      {
        pool: "acme-eu-burst",
        project: "acme-meet-prod",
        region: "europe-west4",
        group: "acme-eu-burst",
        mode: "act",
        store: { bucket: "acme-meet-prod-fleet-artifacts", prefix: "keeper/acme-eu-burst/" },
        intervalSeconds: 30,
        lookaheadSeconds: aGcpPool().keeper.lookaheadMinutes * 60,
        schedules: [],
        tags: { customer: "abc", account: "acme", cloud: "gcp", region: "gcp-europe-west4" },
        settings: keeperSettings(aGcpPool()),
      },
    ]);
  });

  it("says when schedules begin, in an order of their own", () => {
    const schedule = { start: "45 7 * * MON-FRI", durationMinutes: 90, minBridges: 3, timeZone: "UTC" };
    const late = { ...schedule, start: "0 20 * * *" };
    const [{ schedules }] = fileOf({
      scaling: { ...scaling, schedules: { work: schedule, evening: late } },
    }).pools as [KeeperFile["pools"][number]];
    const rendered = { start: "45 7 * * MON-FRI", durationSeconds: 5400, minBridges: 3, timeZone: "UTC" };
    expect(schedules).toEqual([{ ...rendered, start: "0 20 * * *" }, rendered]);
  });

  it("tells a keeper that only looks on", () => {
    const keeper = keeperSchema.parse({ mode: "observe", lookaheadMinutes: 0.5 });
    expect(fileOf({ keeper }).pools[0]).toMatchObject({ mode: "observe", lookaheadSeconds: 30 });
  });
});

describe("the keeper of a server", () => {
  const files = renderServerFiles(aServerInput());
  const { services } = load(files.get("/etc/fleet/compose.yaml")!) as {
    services: Record<string, Record<string, unknown>>;
  };

  it("is told which program it is, and may do nothing else on the machine", () => {
    expect(services["keeper"]).toMatchInlineSnapshot(`
      {
        "cap_drop": [
          "ALL",
        ],
        "cpu_shares": 128,
        "entrypoint": [
          "node",
          "/etc/fleet/keeper/start.mjs",
          "--bucket=acme-meet-prod-fleet-artifacts",
          "--object=programs/keeper-0a1b2c3d.mjs",
          "--sha256=0a1b2c3d",
          "--copies=/var/lib/fleet/keeper",
        ],
        "env_file": [
          "/run/fleet/secrets/keeper.env",
        ],
        "image": "docker.io/library/node:20.20.2-bookworm-slim",
        "mem_limit": "192m",
        "network_mode": "host",
        "oom_score_adj": 500,
        "read_only": true,
        "restart": "unless-stopped",
        "security_opt": [
          "no-new-privileges:true",
        ],
        "tmpfs": [
          "/tmp:size=16M,mode=1777,noexec",
        ],
        "user": "1000:1000",
        "volumes": [
          "/etc/fleet/keeper.json:/etc/fleet/keeper.json:ro",
          "/etc/fleet/keeper:/etc/fleet/keeper:ro",
          "/var/lib/fleet/keeper:/var/lib/fleet/keeper",
        ],
      }
    `);
  });

  it("writes with the password of the server's Telegraf", () => {
    const secrets = JSON.parse(files.get("/etc/fleet/secrets.json")!) as Record<string, unknown>;
    expect(secrets["keeper.env"]).toEqual({
      TELEMETRY_PASSWORD: "projects/acme-meet-prod/secrets/abc-telemetry-server-password",
    });
    expect(secrets["keeper.env"]).toEqual(secrets["telegraf.env"]);
  });

  it("is not there without a pool that wants one", () => {
    const without = renderServerFiles(aServerInput({ keeper: undefined }));
    expect(keeperFiles(aServerInput({ keeper: undefined }))).toEqual({});
    expect([...without].filter(([path, text]) => /keeper/.test(path) || /^ {2}keeper:/m.test(text))).toEqual(
      [],
    );
    expect(without.get("/etc/fleet/secrets.json")).not.toContain("keeper");
  });
});
