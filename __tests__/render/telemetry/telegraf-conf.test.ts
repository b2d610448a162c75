import { renderBridgeTelegraf, renderServerTelegraf } from "../../../render/telemetry/telegraf-conf";
import { telegrafService } from "../../../render/telemetry/telegraf-service";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "../../builders/fleet";

/** Sections that begin with such a header. */
const sections = (settings: string, header: string): string[] =>
  settings.split("\n\n").filter((section) => section.includes(`[[${header}]]`));

describe("renderBridgeTelegraf", () => {
  const gcp = renderBridgeTelegraf(anAccount(), aGcpPool(), [aCustomer()]);

  it("says on every point whose bridge it is, and where", () => {
    expect(gcp.split("\n\n")[0]).toMatchInlineSnapshot(`
      "# Variables are in host.env and, passwords, in telegraf.env below /run/fleet/secrets.
      [global_tags]
        customer = "abc"
        account = "acme"
        pool = "acme-eu-burst"
        cloud = "gcp"
        region = "gcp-europe-west4"
        instance = "\${FLEET_INSTANCE}""
    `);
  });

  it("writes over TLS that it verifies, with the account whose turn it is", () => {
    expect(sections(gcp, "outputs.influxdb")).toMatchInlineSnapshot(`
      [
        "[[outputs.influxdb]]
        alias = "abc"
        urls = ["https://abc.meet.acme.example/telemetry"]
        database = "jitsi"
        skip_database_creation = true
        username = "acme.eu-burst"
        password = "\${TELEMETRY_PASSWORD_ABC}"
        [outputs.influxdb.tagpass]
          customer = ["abc"]",
      ]
    `);
    const rotated = renderBridgeTelegraf(anAccount(), aGcpPool(), [aCustomer({ secretsVersion: 2 })]);
    expect(rotated).toContain('username = "acme.eu-burst.even"');
  });

  it("does not verify in a rehearsal, where the certificate is nobody's", () => {
    const trial = renderBridgeTelegraf(anAccount({ rehearsal: true }), aGcpPool(), [aCustomer()]);
    expect(sections(trial, "outputs.influxdb").join()).toContain("insecure_skip_verify = true");
  });

  it("names the release that the bridge shall run, also the next one of an upgrade", () => {
    expect(sections(gcp, "inputs.http").join()).toContain('release = "stable-11146-2"');
    const digest = `sha256:${"a".repeat(64)}`;
    const next = aGcpPool({ nextImage: { tag: "stable-12000", digest } });
    expect(renderBridgeTelegraf(anAccount(), next, [aCustomer()])).toContain('release = "stable-12000"');
  });

  it("feeds the autoscaler of Google pools only", () => {
    const linode = renderBridgeTelegraf(anAccount(), aLinodePool(), [aCustomer()]);
    expect(sections(gcp, "outputs.stackdriver")).toHaveLength(1);
    expect(sections(linode, "outputs.stackdriver")).toEqual([]);
    expect(linode).not.toContain("FLEET_INSTANCE_ID");
  });

  it("has no password in it", () => {
    for (const [, value] of gcp.matchAll(/password = "(.*)"/g)) expect(value).toMatch(/^\$\{[A-Z_]+\}$/);
  });
});

describe("renderServerTelegraf", () => {
  it("collects the bridge only where there is one", () => {
    const jvb = (settings: string) => settings.includes("/colibri/stats");
    expect(jvb(renderServerTelegraf(aCustomer()))).toBe(false);
    expect(jvb(renderServerTelegraf(aCustomer({ bridgeOnServer: true })))).toBe(true);
  });
});

describe("telegrafService", () => {
  it("is nobody, and can do nothing but read and write to the network", () => {
    expect(telegrafService("server", 1).definition).toMatchInlineSnapshot(`
      {
        "cap_drop": [
          "ALL",
        ],
        "cpu_shares": 128,
        "entrypoint": [
          "telegraf",
          "--config",
          "/etc/telegraf/telegraf.conf",
        ],
        "env_file": [
          "/run/fleet/host.env",
          "/run/fleet/secrets/telegraf.env",
        ],
        "image": "docker.io/library/telegraf:1.39.3",
        "mem_limit": "256m",
        "network_mode": "host",
        "oom_score_adj": 800,
        "read_only": true,
        "restart": "unless-stopped",
        "security_opt": [
          "no-new-privileges:true",
        ],
        "user": "65534:65534",
        "volumes": [
          "/etc/fleet/telegraf:/etc/telegraf:ro",
          "/run/fleet:/run/fleet:ro",
          "/var/lib/fleet/telegraf:/var/lib/fleet:ro",
        ],
      }
    `);
  });
});
