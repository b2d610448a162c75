import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import type { GcpPool } from "../../../model/fleet";
import { bridgeSchema } from "../../../model/schema/bridge";
import { heapMb, renderBridgeFiles } from "../../../render/bridge/bridge-files";
import { passwordVariable } from "../../../model/bridge-secrets";
import { aCustomer, aGcpPool } from "../../builders/fleet";
import { aGcpBridgeInput, aLinodeBridgeInput, alsoServed } from "../../builders/machine-input";
import { readEnvFile } from "../readers/read-env-file";
import { readHoconFile } from "../readers/read-hocon-file";

const CONF = "/etc/fleet/jvb/custom-jvb.conf";
const gcp = renderBridgeFiles(aGcpBridgeInput());
const linode = renderBridgeFiles(aLinodeBridgeInput());
const shared = renderBridgeFiles(aGcpBridgeInput({ served: [...aGcpBridgeInput().served, alsoServed] }));

describe("renderBridgeFiles", () => {
  it("renders the service", () => {
    expect(gcp.get("/etc/fleet/compose.yaml")).toMatchInlineSnapshot(`
      "# Bridge of pool eu-burst. Rendered from accounts/acme/pools/eu-burst.yaml.
      services:
        # The machine's own network: no address translation in the way of media.
        jvb:
          image: ghcr.io/jitsi/jvb:stable-11146-2
          read_only: true
          tmpfs:
            - /run:size=32M,mode=1750,exec
            - /tmp:size=16M,mode=1777,noexec
          restart: on-failure
          env_file:
            - /etc/fleet/jvb.env
            - /run/fleet/host.env
            - /run/fleet/secrets/jvb.env
          volumes:
            - /etc/fleet/jvb:/config:ro
            - /etc/fleet/jvb/videobridge.rc:/usr/share/jitsi-videobridge/lib/videobridge.rc:ro
          healthcheck:
            test: /usr/local/bin/healthcheck.sh
            interval: 30s
            timeout: 10s
            start_period: 1m
          network_mode: host

        # The machine's own network, for its counters and for what listens on loopback. Nobody's user (it reads no
        # secret file), less processor time than calls get, and the first to go when memory is short.
        telegraf:
          image: docker.io/library/telegraf:1.39.3
          entrypoint:
            - telegraf
            - --config
            - /etc/telegraf/telegraf.conf
          user: 65534:65534
          read_only: true
          cap_drop:
            - ALL
          security_opt:
            - no-new-privileges:true
          network_mode: host
          restart: unless-stopped
          mem_limit: 256m
          oom_score_adj: 800
          cpu_shares: 128
          env_file:
            - /run/fleet/host.env
            - /run/fleet/secrets/telegraf.env
          volumes:
            - /etc/fleet/telegraf:/etc/telegraf:ro
            - /run/fleet:/run/fleet:ro
      "
    `);
  });

  it("renders the environment", () => {
    expect(gcp.get("/etc/fleet/jvb.env")).toMatchInlineSnapshot(`
      "# Where the bridge announces itself: the brewery of abc, whose certificate carries the auth domain.
      ENABLE_JVB_XMPP_SERVER=1
      JVB_XMPP_SERVER=abc-server.europe-west4-a.c.acme-meet-prod.internal
      JVB_XMPP_PORT=6222
      JVB_XMPP_AUTH_DOMAIN=abc.meet.acme.example
      JVB_XMPP_INTERNAL_MUC_DOMAIN=muc.jvb.meet.jitsi
      JVB_BREWERY_MUC=jvbbrewery
      JVB_AUTH_USER=jvb

      # One mesh over all regions and clouds. The relay id is made at each start (videobridge.rc).
      ENABLE_OCTO=1
      JVB_OCTO_REGION=gcp-europe-west4

      # The public address is known (JVB_ADVERTISE_IPS in host.env), so no stranger's STUN server is asked; callers
      # cannot reach private addresses. Relays advertise them to each other all the same.
      JVB_DISABLE_STUN=1
      JVB_ADVERTISE_PRIVATE_CANDIDATES=false
      JVB_REQUIRE_VALID_ADDRESS=1

      # Statistics and orderly shutdown; the shutdown call answers 404 unless both are on.
      COLIBRI_REST_ENABLED=1
      SHUTDOWN_REST_ENABLED=1

      # Half of the machine; the rest is for buffers outside of Java and for the system.
      VIDEOBRIDGE_MAX_MEMORY=6144m
      "
    `);
  });

  it("renders the settings", () => {
    expect(gcp.get(CONF)).toMatchInlineSnapshot(`
      "# The home's brewery: the image's template turns certificate checks off.
      videobridge.apis.xmpp-client.configs.shard0 {
        DISABLE_CERTIFICATE_VERIFICATION = false
        SECURITY_MODE = "required"
        MUC_NICKNAME = \${JVB_MUC_NICKNAME}
      }

      # New at every start, see videobridge.rc.
      videobridge.relay.relay-id = \${JVB_OCTO_RELAY_ID}

      # Presence carries what Jicofo reads and nothing else; it goes out every 5 seconds.
      videobridge.apis.xmpp-client.stats-filter.enabled = true

      # A bridge that was told to leave moves its last users then, not after a day.
      videobridge.shutdown.graceful-shutdown-max-duration = "60 minutes"

      # Time that Jicofo has to move them; it fits the 90 seconds that a cloud leaves a machine to stop.
      videobridge.shutdown.shutting-down-delay = "45 seconds"

      # Less to send in large calls: so many videos at most, and the loudest speakers only.
      videobridge {
        cc.jvb-last-n = 25
        loudest.route-loudest-only = true
      }

      # Where stress 1 is, and what somebody who just joined adds until the bridge has measured it.
      videobridge.load-management {
        average-participant-stress = 0.01
        load-measurements {
          load-measurement = "cpu-usage"
          cpu-usage.load-threshold = 0.9
        }
      }

      # Not more than the machine's net.core.rmem_max.
      ice4j.harvest.udp.receive-buffer-size = 10485760

      # 8080 asks for no password. The network's firewall admits the server and the health checkers only.
      videobridge.http-servers.private.host = "0.0.0.0"
      "
    `);
  });

  it("dials the public name and closes 8080 on Linode", () => {
    expect(
      linode
        .get("/etc/fleet/compose.yaml")!
        .replace("nl-static", "eu-burst")
        .replace("      - /var/lib/fleet/bridge:/fleet:ro\n", "")
        .split("\n")
        .slice(1),
    ).toEqual(gcp.get("/etc/fleet/compose.yaml")!.split("\n").slice(1));
    const env = readEnvFile(linode.get("/etc/fleet/jvb.env")!);
    expect(env.get("JVB_XMPP_SERVER")).toBe("abc.meet.acme.example");
    expect(env.get("JVB_OCTO_REGION")).toBe("linode-nl-ams");
    expect(env.get("VIDEOBRIDGE_MAX_MEMORY")).toBe("4096m");
    expect(readHoconFile(linode.get(CONF)!).get("videobridge.http-servers.private.host")).toBe('"127.0.0.1"');
  });

  it("logs in to the brewery of every further customer, under that customer's name", () => {
    expect(shared.get("/etc/fleet/jvb.env")).toBe(gcp.get("/etc/fleet/jvb.env"));
    expect(shared.get(CONF)!.replace(gcp.get(CONF)!, "")).toMatchInlineSnapshot(`
      "
      # The brewery of xyz-europe.
      videobridge.apis.xmpp-client.configs.customer-xyz-europe {
        HOSTNAME = "xyz-europe.meet.acme.example"
        PORT = "6222"
        DOMAIN = "xyz-europe.meet.acme.example"
        USERNAME = "jvb"
        PASSWORD = \${JVB_AUTH_PASSWORD_XYZ_EUROPE}
        MUC_JIDS = "jvbbrewery@muc.jvb.meet.jitsi"
        DISABLE_CERTIFICATE_VERIFICATION = false
        SECURITY_MODE = "required"
        MUC_NICKNAME = \${JVB_MUC_NICKNAME}
      }
      "
    `);
  });

  it("verifies certificates of all customers and insists on TLS", () => {
    const settings = readHoconFile(shared.get(CONF)!);
    const shards = new Set(
      [...settings.keys()].flatMap(
        (path) => /^videobridge\.apis\.xmpp-client\.configs\.([^.]+)/.exec(path)?.[1] ?? [],
      ),
    );
    expect([...shards]).toEqual(["shard0", "customer-xyz-europe"]);
    for (const shard of shards) {
      const key = `videobridge.apis.xmpp-client.configs.${shard}`;
      expect(settings.get(`${key}.DISABLE_CERTIFICATE_VERIFICATION`)).toBe("false");
      expect(settings.get(`${key}.SECURITY_MODE`)).toBe('"required"');
    }
  });

  it("takes from the environment what its start file and its secrets put there", () => {
    const wanted = [...shared.get(CONF)!.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name);
    const [, exported] = /^export (.+)$/m.exec(shared.get("/etc/fleet/jvb/videobridge.rc")!)!;
    expect(new Set(wanted)).toEqual(new Set([...exported!.split(" "), passwordVariable("xyz-europe")]));
  });

  it("follows the pool's settings, in one file only", () => {
    const settings = (overrides: Partial<GcpPool>): [string, string][] => {
      const files = renderBridgeFiles(aGcpBridgeInput({ pool: aGcpPool(overrides) }));
      expect([...files].filter(([path, text]) => gcp.get(path) !== text).map(([path]) => path)).toEqual([
        CONF,
      ]);
      const before = readHoconFile(gcp.get(CONF)!);
      return [...readHoconFile(files.get(CONF)!)].filter(([path, value]) => before.get(path) !== value);
    };
    const bridge = (input: object) => ({ bridge: bridgeSchema.parse(input) });
    const load = "videobridge.load-management";
    expect(settings(bridge({ lastN: 9 }))).toEqual([["videobridge.cc.jvb-last-n", "9"]]);
    expect(settings({ drainDeadlineMinutes: 5 })).toEqual([
      ["videobridge.shutdown.graceful-shutdown-max-duration", '"5 minutes"'],
    ]);
    expect(settings(bridge({ load: { cpuThreshold: 0.45 } }))).toEqual([
      [`${load}.average-participant-stress`, "0.02"],
      [`${load}.load-measurements.cpu-usage.load-threshold`, "0.45"],
    ]);
    expect(settings(bridge({ load: { measurement: "packet-rate" } }))).toEqual([
      [`${load}.load-measurements.load-measurement`, '"packet-rate"'],
      [`${load}.load-measurements.packet-rate.load-threshold`, "40000"],
    ]);
    expect(settings(bridge({ load: { measurement: "packet-rate", packetsPerSecond: 80_000 } }))).toEqual([
      [`${load}.average-participant-stress`, "0.005"],
      [`${load}.load-measurements.load-measurement`, '"packet-rate"'],
      [`${load}.load-measurements.packet-rate.load-threshold`, "80000"],
    ]);
  });

  it("follows the home's release", () => {
    const home = { customer: aCustomer({ release: "stable-11146-2" }), server: "s" };
    const { services } = load(
      renderBridgeFiles(aGcpBridgeInput({ served: [home] })).get("/etc/fleet/compose.yaml")!,
    ) as { services: { jvb: { image: string } } };
    expect(services.jvb.image).toBe("ghcr.io/jitsi/jvb:stable-11146-2");
  });

  it("is the same text each time", () => {
    expect([...renderBridgeFiles(aGcpBridgeInput())]).toEqual([...gcp]);
  });
});

describe("drained at start", () => {
  const linode = renderBridgeFiles(aLinodeBridgeInput());
  const start = linode.get("/etc/fleet/jvb/videobridge.rc")!;

  it("is what a bridge on Linode asks a file of its machine for, at each start of its process", () => {
    const directory = mkdtempSync(join(tmpdir(), "drain-state-"));
    const initialDrain = () =>
      execFileSync(
        "bash",
        [
          "--norc",
          "-ec",
          `${start.replaceAll("/fleet/draining", `${directory}/draining`)}echo $FLEET_INITIAL_DRAIN`,
        ],
        {
          env: { PATH: process.env.PATH, FLEET_INSTANCE: "acme-nl-static-1" },
          encoding: "utf8",
        },
      ).trim();
    expect(initialDrain()).toBe("false");
    writeFileSync(join(directory, "draining"), "push");
    expect(initialDrain()).toBe("true");
    rmSync(directory, { recursive: true });
    expect(readHoconFile(linode.get(CONF)!).get("videobridge.initial-drain-mode")).toBe(
      "${FLEET_INITIAL_DRAIN}",
    );
  });

  it("is none of a Google bridge's business: the keeper drains it", () => {
    expect([...gcp.values()].join()).not.toMatch(/initial-drain|FLEET_INITIAL_DRAIN/);
  });
});

describe("videobridge.rc", () => {
  const start = (environment: Record<string, string>) =>
    execFileSync(
      "bash",
      [
        "--norc",
        "-c",
        `${gcp.get("/etc/fleet/jvb/videobridge.rc")!}echo $JVB_MUC_NICKNAME $JVB_OCTO_RELAY_ID`,
      ],
      {
        env: { PATH: process.env.PATH, ...environment },
        encoding: "utf8",
        stdio: "pipe",
      },
    ).trim();

  it("names the bridge after its machine and the second of its start", () => {
    const before = Math.floor(Date.now() / 1000);
    const [nickname, relayId] = start({ FLEET_INSTANCE: "acme-eu-burst-x7k2" }).split(" ");
    const [, second] = /^acme-eu-burst-x7k2-([0-9]+)$/.exec(nickname!)!;
    expect(Number(second)).toBeGreaterThanOrEqual(before);
    expect(relayId).toBe(nickname);
  });

  it("stops the start of a machine without a name: two nameless bridges would mix up their calls", () => {
    expect(() => start({})).toThrow("FLEET_INSTANCE");
  });
});

describe("heapMb", () => {
  it.each([
    [4, 2048],
    [8, 4096],
    [15, 6144],
    [64, 6144],
    [3.75, 1920],
  ])("of a machine with %p GB is %p", (memoryGb, mb) => expect(heapMb(memoryGb)).toBe(mb));
});
