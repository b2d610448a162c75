import { load } from "js-yaml";
import { contains, parseIpv4Network } from "../../../model/ipv4-network";
import type { MachineFiles } from "../../../render/machine-files";
import { renderServerFiles } from "../../../render/server/server-files";
import { bridgeSchema } from "../../../model/schema/bridge";
import { jicofoSchema } from "../../../model/schema/jicofo";
import { aCustomer } from "../../builders/fleet";
import { aServerInput } from "../../builders/machine-input";
import { readEnvFile } from "../readers/read-env-file";
import { readHoconFile } from "../readers/read-hocon-file";

interface Service {
  readonly image: string;
  readonly ports?: readonly string[];
  readonly restart: string;
  readonly read_only: boolean;
  readonly env_file: readonly string[];
  readonly volumes: readonly string[];
  readonly tmpfs: readonly string[];
  readonly networks?: {
    readonly default: { readonly aliases: readonly string[]; readonly ipv4_address?: string };
  };
}

const servicesOf = (files: MachineFiles) =>
  (load(files.get("/etc/fleet/compose.yaml")!) as { services: Record<string, Service> }).services;

/** Names of the files that differ, or that one side lacks. */
const changed = (a: MachineFiles, b: MachineFiles) =>
  [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path)).sort();

const ENV = "/etc/fleet/jvb.env";
const CONF = "/etc/fleet/jvb/custom-jvb.conf";

const CUSTOMER_DASHBOARD = "/etc/fleet/grafana/dashboards/fleet-customer.json";
/** Name the kinds of bridges. */
const BRIDGE_DASHBOARDS = [CUSTOMER_DASHBOARD, "/etc/fleet/grafana/dashboards/fleet-pools.json"];

const plain = renderServerFiles(aServerInput());
const withBridge = renderServerFiles(aServerInput({ customer: aCustomer({ bridgeOnServer: true }) }));

describe("renderServerFiles", () => {
  it("renders one complete env file for each service, and the settings of Jicofo", () => {
    expect([...plain.keys()]).toEqual([
      "/etc/fleet/certificate.json",
      "/etc/fleet/compose.yaml",
      "/etc/fleet/grafana.env",
      "/etc/fleet/grafana/dashboards/fleet-bridge.json",
      "/etc/fleet/grafana/dashboards/fleet-customer.json",
      "/etc/fleet/grafana/dashboards/fleet-octo.json",
      "/etc/fleet/grafana/dashboards/fleet-pools.json",
      "/etc/fleet/grafana/dashboards/fleet-signalling.json",
      "/etc/fleet/grafana/provisioning/alerting/rules-acme-eu-burst.yaml",
      "/etc/fleet/grafana/provisioning/alerting/rules-acme-nl-static.yaml",
      "/etc/fleet/grafana/provisioning/alerting/rules.yaml",
      "/etc/fleet/grafana/provisioning/dashboards/fleet.yaml",
      "/etc/fleet/grafana/provisioning/datasources/influxdb.yaml",
      "/etc/fleet/influxdb-setup.env",
      "/etc/fleet/influxdb-setup/accounts",
      "/etc/fleet/influxdb-setup/hourly.flux",
      "/etc/fleet/influxdb-setup/setup.sh",
      "/etc/fleet/influxdb.env",
      "/etc/fleet/jicofo.env",
      "/etc/fleet/jicofo/custom-jicofo.conf",
      "/etc/fleet/keeper.json",
      "/etc/fleet/keeper/start.mjs",
      "/etc/fleet/prosody-brewery.env",
      "/etc/fleet/prosody.env",
      "/etc/fleet/secrets.json",
      "/etc/fleet/telegraf/telegraf.conf",
      "/etc/fleet/web.env",
      "/etc/fleet/web/nginx-custom/allowed-origins.conf",
      "/etc/fleet/web/nginx-custom/grafana.conf",
      "/etc/fleet/web/nginx-custom/telemetry-write.conf",
    ]);
  });

  it("publishes web and brewery, InfluxDB to the machine alone, and never the main Prosody", () => {
    const ports = Object.entries(servicesOf(plain)).map(([name, { ports }]) => [name, ports]);
    expect(Object.fromEntries(ports)).toEqual({
      web: ["80:8000", "443:8443"],
      prosody: undefined,
      "prosody-brewery": ["6222:6222"],
      jicofo: ["127.0.0.1:8888:8888"],
      grafana: ["127.0.0.1:3000:3000"],
      influxdb: ["127.0.0.1:8086:8086"],
      "influxdb-setup": undefined,
    });
  });

  it.each(Object.entries(servicesOf(withBridge)))(
    "lets %s write to its tmpfs and its data only",
    (_, service) => {
      expect(service.read_only).toBe(true);
      if (service.image.startsWith("ghcr.io/jitsi/")) {
        expect(service.tmpfs.map((entry) => entry.split(":")[0])).toEqual(
          expect.arrayContaining(["/run", "/tmp"]),
        );
      }
      const writable = service.volumes.filter((volume) => !volume.endsWith(":ro"));
      expect(writable.filter((volume) => !volume.startsWith("/var/lib/fleet/"))).toEqual([]);
    },
  );

  it("takes every password from a tmpfs", () => {
    const secrets = Object.entries(servicesOf(withBridge)).map(([name, { env_file }]) => [
      name,
      env_file.filter((path) => path.startsWith("/run/fleet/secrets/")),
    ]);
    expect(Object.fromEntries(secrets)).toEqual({
      web: [],
      prosody: ["/run/fleet/secrets/prosody.env"],
      "prosody-brewery": ["/run/fleet/secrets/prosody-brewery.env"],
      jicofo: ["/run/fleet/secrets/jicofo.env"],
      jvb: ["/run/fleet/secrets/jvb.env"],
      grafana: ["/run/fleet/secrets/grafana.env"],
      telegraf: ["/run/fleet/secrets/telegraf.env"],
      influxdb: [],
      "influxdb-setup": ["/run/fleet/secrets/influxdb-setup.env"],
      keeper: ["/run/fleet/secrets/keeper.env"],
    });
    expect([...withBridge.values()].join("")).not.toMatch(/(PASSWORD|SECRET)=/);
  });

  it("makes the accounts of services anew at each start, so that rotated passwords hold", () => {
    // Prosody leaves an account alone that is there already, its old password too.
    const accounts = (service: string) =>
      servicesOf(plain)[service]!.tmpfs.filter((entry) => entry.startsWith("/var/lib/prosody"));
    expect(accounts("prosody")).toEqual([
      "/var/lib/prosody/auth%2emeet%2ejitsi:size=1M,mode=0750,uid=1000,gid=1000",
    ]);
    expect(accounts("prosody-brewery")).toEqual(["/var/lib/prosody:size=16M,mode=0750,uid=1000,gid=1000"]);
    expect(plain.get("/etc/fleet/prosody.env")).not.toContain("XMPP_AUTH_DOMAIN");
  });

  it("gives the main Prosody and InfluxDB addresses that Docker gives to nobody else: nginx remembers them", () => {
    const { networks } = load(plain.get("/etc/fleet/compose.yaml")!) as {
      networks: { default: { ipam: { config: [{ subnet: string; ip_range: string; gateway: string }] } } };
    };
    const [{ subnet, ip_range, gateway }] = networks.default.ipam.config;
    const addresses = ["prosody", "influxdb"].map(
      (name) => servicesOf(plain)[name]!.networks!.default.ipv4_address!,
    );
    for (const fixed of [...addresses, gateway]) {
      const alone = parseIpv4Network(`${fixed}/32`);
      expect(contains(parseIpv4Network(subnet), alone)).toBe(true);
      expect(contains(parseIpv4Network(ip_range), alone)).toBe(false);
    }
    expect(new Set([...addresses, gateway]).size).toBe(3);
  });

  it("gives bridges from before the last rotation an account of their own", () => {
    const users = (secretsVersion: number) => {
      const files = renderServerFiles(aServerInput({ customer: aCustomer({ secretsVersion }) }));
      const env = readEnvFile(files.get("/etc/fleet/prosody-brewery.env")!);
      return [env.get("JVB_AUTH_USER"), env.get("JIGASI_XMPP_USER")];
    };
    expect([1, 2, 3].map(users)).toEqual([
      ["jvb", "jvb-even"],
      ["jvb-even", "jvb"],
      ["jvb", "jvb-even"],
    ]);
  });

  it("gives the brewery the name that Jicofo and the server's bridge dial", () => {
    expect(servicesOf(plain)["prosody-brewery"]!.networks?.default.aliases).toEqual(["xmpp.jvb.meet.jitsi"]);
    for (const path of ["/etc/fleet/jicofo.env", "/etc/fleet/jvb.env"]) {
      expect(readEnvFile(withBridge.get(path)!).get("JVB_XMPP_SERVER")).toBe("xmpp.jvb.meet.jitsi");
    }
  });

  it("renders the brewery", () => {
    expect(plain.get("/etc/fleet/prosody-brewery.env")).toMatchInlineSnapshot(`
      "PROSODY_MODE=brewery
      XMPP_PORT=6222

      # The auth domain is the public host name: bridges verify the web certificate against it.
      JVB_XMPP_AUTH_DOMAIN=abc.meet.acme.example
      JVB_XMPP_INTERNAL_MUC_DOMAIN=muc.jvb.meet.jitsi
      JVB_BREWERY_MUC=jvbbrewery
      JVB_AUTH_USER=jvb

      # Bridges from before the last rotation have an account of their own. The image makes one more for a Jigasi,
      # which logs in elsewhere: so this one.
      JIGASI_XMPP_USER=jvb-even

      # Brewery mode opens no HTTP port by itself, and the health check and the creation of the accounts wait for an
      # answer on 5280.
      GLOBAL_MODULES=http
      "
    `);
  });

  it("renders the main Prosody", () => {
    expect(plain.get("/etc/fleet/prosody.env")).toMatchInlineSnapshot(`
      "PUBLIC_URL=https://abc.meet.acme.example

      # Bandwidth of one client. The default of 10kb/s delays joins of large rooms.
      PROSODY_C2S_LIMIT=512kb/s

      # Joins and traffic for each address of a caller, which nginx passes on. A school or an office is one address,
      # hence more than the default of 3 joins and 200 bytes a second.
      PROSODY_TRUSTED_PROXIES=127.0.0.1,::1,172.30.0.0/24
      PROSODY_ENABLE_RATE_LIMITS=1
      PROSODY_RATE_LIMIT_ALLOW_RANGES=172.30.0.0/24
      PROSODY_RATE_LIMIT_LOGIN_RATE=20
      PROSODY_RATE_LIMIT_SESSION_RATE=2000

      # Numbers for Telegraf, which asks from the machine itself.
      PROSODY_ENABLE_METRICS=1
      PROSODY_METRICS_ALLOWED_CIDR=172.30.0.1/32
      "
    `);
  });

  it("renders Jicofo", () => {
    expect(plain.get("/etc/fleet/jicofo.env")).toMatchInlineSnapshot(`
      "# The second XMPP connection: to the brewery, where the bridges are.
      ENABLE_JVB_XMPP_SERVER=1
      JVB_XMPP_SERVER=xmpp.jvb.meet.jitsi
      JVB_XMPP_PORT=6222
      JVB_XMPP_AUTH_DOMAIN=abc.meet.acme.example
      JVB_XMPP_INTERNAL_MUC_DOMAIN=muc.jvb.meet.jitsi
      JVB_BREWERY_MUC=jvbbrewery

      # Which bridge a participant gets, over all regions of both clouds; regions of a group are near each other.
      ENABLE_OCTO=1
      OCTO_BRIDGE_SELECTION_STRATEGY=RegionBasedBridgeSelectionStrategy
      JICOFO_OCTO_REGION=gcp-europe-west4
      JICOFO_BRIDGE_REGION_GROUPS='["gcp-europe-west4","linode-nl-ams"],["gcp-us-east1"]'

      # When a bridge is full: by participants of one call, or by its stress.
      MAX_BRIDGE_PARTICIPANTS=80
      BRIDGE_STRESS_THRESHOLD=0.8

      # 8888 for statistics and for moving participants. Its health fails while there is no bridge: watch it, never
      # restart Jicofo on it.
      JICOFO_ENABLE_REST=1
      JICOFO_ENABLE_HEALTH_CHECKS=1
      JICOFO_ENABLE_BRIDGE_HEALTH_CHECKS=1
      "
    `);
    expect(plain.get("/etc/fleet/jicofo/custom-jicofo.conf")).toMatchInlineSnapshot(`
      "# The image's template turns certificate checks off. The connection to the main Prosody keeps that: it stays
      # inside the machine, with a certificate made at each start.
      jicofo.xmpp.service.disable-certificate-verification = false

      # A bridge that so many callers cannot connect to is avoided for 10 minutes.
      jicofo.bridge.ice-failure-detection {
        enabled = true
        interval = "60 seconds"
        min-endpoints = 40
        threshold = 0.1
      }
      "
    `);
  });

  it("renders web", () => {
    expect(plain.get("/etc/fleet/web.env")).toMatchInlineSnapshot(`
      "PUBLIC_URL=https://abc.meet.acme.example
      ENABLE_HTTP_REDIRECT=1

      # Let's Encrypt, over port 80. The certificate and the account live on the data disk: a lost disk asks for a
      # new certificate, and there are 5 a week for one name.
      ENABLE_LETSENCRYPT=1
      LETSENCRYPT_DOMAIN=abc.meet.acme.example
      LETSENCRYPT_EMAIL=ops@acme.example
      LETSENCRYPT_ACME_SERVER=letsencrypt

      # Each caller holds two connections (to nginx and from it to Prosody). Default: 768 for each of 4 workers.
      NGINX_WORKER_CONNECTIONS=4096
      "
    `);
  });

  it("adds a bridge, and changes nothing else, with bridgeOnServer", () => {
    expect(changed(plain, withBridge)).toEqual([
      "/etc/fleet/compose.yaml",
      ...BRIDGE_DASHBOARDS,
      "/etc/fleet/jvb.env",
      "/etc/fleet/jvb/custom-jvb.conf",
      "/etc/fleet/jvb/videobridge.rc",
      "/etc/fleet/secrets.json",
      "/etc/fleet/telegraf/telegraf.conf",
    ]);
    const { jvb, ...others } = servicesOf(withBridge);
    expect(others).toEqual(servicesOf(plain));
    expect(jvb).toMatchInlineSnapshot(`
      {
        "depends_on": [
          "prosody-brewery",
        ],
        "env_file": [
          "/etc/fleet/jvb.env",
          "/run/fleet/host.env",
          "/run/fleet/secrets/jvb.env",
        ],
        "healthcheck": {
          "interval": "30s",
          "start_period": "1m",
          "test": "/usr/local/bin/healthcheck.sh",
          "timeout": "10s",
        },
        "image": "ghcr.io/jitsi/jvb:stable-11146-2",
        "ports": [
          "10000:10000/udp",
          "127.0.0.1:8080:8080",
        ],
        "read_only": true,
        "restart": "on-failure",
        "tmpfs": [
          "/run:size=32M,mode=1750,exec",
          "/tmp:size=16M,mode=1777,noexec",
        ],
        "volumes": [
          "/etc/fleet/jvb:/config:ro",
          "/etc/fleet/jvb/videobridge.rc:/usr/share/jitsi-videobridge/lib/videobridge.rc:ro",
        ],
      }
    `);
    expect(readEnvFile(withBridge.get("/etc/fleet/jvb.env")!).get("JVB_OCTO_REGION")).toBe(
      "gcp-europe-west4",
    );
  });

  it("gives the bridge on the server its share of the machine, and its customer's settings", () => {
    const small = renderServerFiles(
      aServerInput({ customer: aCustomer({ bridgeOnServer: true }), memoryGb: 8, vcpus: 2 }),
    );
    // It carries half as many people.
    expect(changed(withBridge, small)).toEqual([
      "/etc/fleet/compose.yaml",
      CUSTOMER_DASHBOARD,
      "/etc/fleet/influxdb.env",
      ENV,
      CONF,
    ]);
    expect(readEnvFile(withBridge.get(ENV)!).get("VIDEOBRIDGE_MAX_MEMORY")).toBe("3072m");
    expect(readEnvFile(small.get(ENV)!).get("VIDEOBRIDGE_MAX_MEMORY")).toBe("2048m");
    const stress = "videobridge.load-management.average-participant-stress";
    expect(readHoconFile(withBridge.get(CONF)!).get(stress)).toBe("0.01");
    expect(readHoconFile(small.get(CONF)!).get(stress)).toBe("0.02");

    const serverBridge = bridgeSchema.parse({ lastN: 9, load: { measurement: "packet-rate" } });
    const own = renderServerFiles(
      aServerInput({ customer: aCustomer({ bridgeOnServer: true, serverBridge }) }),
    );
    expect(changed(withBridge, own)).toEqual([CONF]);
    const settings = readHoconFile(own.get(CONF)!);
    expect(settings.get("videobridge.cc.jvb-last-n")).toBe("9");
    expect(settings.get("videobridge.load-management.load-measurements.load-measurement")).toBe(
      '"packet-rate"',
    );
    expect(
      changed(plain, renderServerFiles(aServerInput({ customer: aCustomer({ serverBridge }) }))),
    ).toEqual([]);
  });

  it("tells the bridge on the server the address of the machine, and has no other one than that", () => {
    expect(servicesOf(withBridge)["jvb"]!.env_file).toContain("/run/fleet/host.env");
    const env = readEnvFile(withBridge.get(ENV)!);
    expect(env.get("JVB_DISABLE_STUN")).toBe("1");
    expect(env.get("JVB_ADVERTISE_PRIVATE_CANDIDATES")).toBe("false");
    // Or Docker's published port leads nowhere: it reaches the container by its own address.
    expect(
      [...readHoconFile(withBridge.get(CONF)!).keys()].filter((key) => key.includes("http-servers")),
    ).toEqual([]);
  });

  it("follows the customer's settings of Jicofo, which alone restarts", () => {
    const jicofo = (input: object): MachineFiles =>
      renderServerFiles(aServerInput({ customer: aCustomer({ jicofo: jicofoSchema.parse(input) }) }));
    const env = (files: MachineFiles) => readEnvFile(files.get("/etc/fleet/jicofo.env")!);

    const single = jicofo({ selectionStrategy: "SingleBridge" });
    expect(changed(plain, single)).toEqual(["/etc/fleet/jicofo.env"]);
    expect(env(single).get("OCTO_BRIDGE_SELECTION_STRATEGY")).toBe("SingleBridgeSelectionStrategy");

    const wide = jicofo({ maxParticipantsPerBridge: 30 });
    expect(changed(plain, wide)).toEqual(["/etc/fleet/jicofo.env"]);
    expect(env(wide).get("MAX_BRIDGE_PARTICIPANTS")).toBe("30");

    const detection = (input: object) => {
      const files = jicofo({ iceFailureDetection: input });
      expect(changed(plain, files)).toEqual(["/etc/fleet/jicofo/custom-jicofo.conf"]);
      return [...readHoconFile(files.get("/etc/fleet/jicofo/custom-jicofo.conf")!)].flatMap(
        ([path, value]) => (path.includes("ice-failure") ? [`${path.replace(/.+\./, "")} ${value}`] : []),
      );
    };
    expect(detection({ enabled: false })).toEqual(["enabled false"]);
    expect(detection({ intervalSeconds: 120, minEndpoints: 10, threshold: 0.25 })).toEqual([
      "enabled true",
      'interval "120 seconds"',
      "min-endpoints 10",
      "threshold 0.25",
    ]);
  });

  it("asks the trial authority with acme: staging", () => {
    const trial = renderServerFiles(aServerInput({ customer: aCustomer({ acme: "staging" }) }));
    expect(changed(plain, trial)).toEqual([
      "/etc/fleet/certificate.json",
      "/etc/fleet/compose.yaml",
      "/etc/fleet/web.env",
    ]);
    // acme.sh would go on with the trial's certificate after the trial.
    expect(plain.get("/etc/fleet/compose.yaml")).toContain("/var/lib/fleet/web:/storage\n");
    expect(trial.get("/etc/fleet/compose.yaml")).toContain("/var/lib/fleet/web-staging:/storage\n");
    expect(JSON.parse(trial.get("/etc/fleet/certificate.json")!)).toMatchObject({
      chain: "/var/lib/fleet/web-staging/acme-certs/abc.meet.acme.example/fullchain.pem",
      key: "/var/lib/fleet/web-staging/acme-certs/abc.meet.acme.example/key.pem",
    });
    expect(readEnvFile(trial.get("/etc/fleet/web.env")!).get("LETSENCRYPT_USE_STAGING")).toBe("1");
    expect(readEnvFile(plain.get("/etc/fleet/web.env")!).has("LETSENCRYPT_USE_STAGING")).toBe(false);
  });

  it("restarts Jicofo only, when region groups change", () => {
    const one = renderServerFiles(aServerInput({ regionGroups: [["gcp-europe-west4"]] }));
    expect(changed(plain, one)).toEqual(["/etc/fleet/jicofo.env"]);
    expect(readEnvFile(one.get("/etc/fleet/jicofo.env")!).get("JICOFO_BRIDGE_REGION_GROUPS")).toBe(
      '["gcp-europe-west4"]',
    );
  });

  it("is the same text each time", () => {
    expect([...renderServerFiles(aServerInput())]).toEqual([...plain]);
  });
});
