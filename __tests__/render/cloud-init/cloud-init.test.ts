import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { load } from "js-yaml";
import { renderBridgeFiles } from "../../../render/bridge/bridge-files";
import { BRIDGE_PHASES, SERVER_PHASES } from "../../../render/cloud-init/boot-time-unit";
import { renderGcpBridgeCloudInit } from "../../../render/cloud-init/gcp-bridge-cloud-init";
import { renderLinodeBridgeCloudInit } from "../../../render/cloud-init/linode-bridge-cloud-init";
import { renderServerCloudInit } from "../../../render/cloud-init/server-cloud-init";
import { renderServerFiles } from "../../../render/server/server-files";
import { compactPython } from "../../../render/text/compact-python";
import { readPrograms } from "../../../stacks/read-programs";
import { aCustomer } from "../../builders/fleet";
import { atFirstBoot } from "../../../stacks/linode-user-data";
import { aLinodeBridgeInput, aServerInput } from "../../builders/machine-input";
import { hasRealTool } from "../../builders/real-tool";

interface CloudConfig {
  readonly mounts?: readonly (readonly string[])[];
  readonly write_files: readonly {
    readonly path: string;
    readonly permissions?: string;
    readonly content: string;
  }[];
  readonly [key: string]: unknown;
}

const programs = readPrograms();
const documents = {
  server: renderServerCloudInit(programs),
  "gcp-bridge": renderGcpBridgeCloudInit(programs),
  "linode-bridge": renderLinodeBridgeCloudInit(programs),
};
const read = (name: keyof typeof documents) => load(documents[name]) as CloudConfig;
const fileOf = (name: keyof typeof documents, path: string) =>
  read(name).write_files.find((file) => file.path === path)?.content;
const FLEET_UNIT = "/etc/systemd/system/fleet.service";
const BOOT_TIME_UNIT = "/etc/systemd/system/fleet-boot-time.service";
const CERTIFICATES_UNIT = "/etc/systemd/system/fleet-certificates.service";
const SHUTDOWN_UNIT = "/etc/systemd/system/fleet-shutdown.service";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cloud-init-"));
  for (const [name, text] of Object.entries(documents)) writeFileSync(join(folder, `${name}.yaml`), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("renderLinodeBridgeCloudInit", () => {
  it("renders what surrounds the programs", () => {
    expect(
      documents["linode-bridge"].replace(
        /( {4}content: \|\n)( {6}#!\/usr\/bin\/python3\n)(?: {6}.*\n|\n)+/g,
        "$1$2",
      ),
    ).toMatchInlineSnapshot(`
      "#cloud-config
      # First boot of a bridge on Linode, the same for all of them. Terraform adds the files below /etc/fleet to
      # write_files.

      package_update: true
      packages:
        - docker.io
        - docker-compose-v2
        - unattended-upgrades
        - fail2ban
        - python3-systemd
      ntp:
        enabled: true
        ntp_client: chrony
      ssh_pwauth: false
      disable_root: false
      write_files:
        - path: /usr/local/sbin/fleet-apply
          permissions: '0755'
          content: |
            #!/usr/bin/python3
        - path: /etc/systemd/system/fleet.service
          content: |
            [Unit]
            Description=Services of this machine, from /etc/fleet
            # Not Requires: a restart of Docker, as by an upgrade, must not stop the services. At shutdown this ends first.
            Wants=network-online.target docker.service
            After=network-online.target docker.service fleet-shutdown.service
            StartLimitIntervalSec=0

            [Service]
            Type=oneshot
            RemainAfterExit=yes
            ExecStart=/usr/local/sbin/fleet-apply linode
            Restart=on-failure
            # 65: the files are refused, and trying again would not help.
            RestartPreventExitStatus=65
            RestartSec=15
            TimeoutStartSec=15min

            [Install]
            WantedBy=multi-user.target
        - path: /etc/systemd/system/fleet-boot-time.service
          content: |
            [Unit]
            Description=Duration of this boot, into /run/fleet/boot.json
            # On a new Linode the program comes with the first push.
            StartLimitIntervalSec=0

            [Service]
            ExecStart=/usr/local/sbin/fleet-boot-time answers=http://127.0.0.1:8080/about/health joined=http://127.0.0.1:8080/colibri/stats
            Restart=on-failure
            RestartSec=5
            NoNewPrivileges=yes
            ProtectSystem=strict
            ReadWritePaths=/run
            StateDirectory=fleet-boot-time
            ProtectHome=yes

            [Install]
            WantedBy=multi-user.target
        - path: /etc/systemd/system/fleet-shutdown.service
          content: |
            [Unit]
            Description=Stop of the services at shutdown
            After=network-online.target docker.service

            [Service]
            Type=oneshot
            RemainAfterExit=yes
            ExecStart=/usr/bin/true
            # Else Docker would start them at the next boot by itself, with the addresses of this one.
            ExecStop=/usr/bin/docker compose -p fleet stop
            TimeoutStopSec=2min

            [Install]
            WantedBy=multi-user.target
        - path: /etc/docker/daemon.json
          content: |
            { "live-restore": true, "log-driver": "journald" }
        - path: /etc/systemd/journald.conf.d/fleet.conf
          content: |
            [Journal]
            SystemMaxUse=1G
            MaxRetentionSec=1month
        - path: /etc/sysctl.d/60-fleet.conf
          content: |
            # Media comes in bursts; the bridge asks for a receive buffer of this size.
            net.core.rmem_max = 10485760
            net.core.netdev_max_backlog = 100000
        - path: /etc/ssh/sshd_config.d/10-fleet.conf
          content: |
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
        - path: /etc/apt/apt.conf.d/52fleet
          content: |
            APT::Periodic::Update-Package-Lists "1";
            APT::Periodic::Unattended-Upgrade "1";
            // A reboot ends calls: people decide on it.
            Unattended-Upgrade::Automatic-Reboot "false";
        - path: /etc/fail2ban/jail.d/fleet.local
          content: |
            # The firewall lets only operators come this far. An agent with several keys and a deploy that tries again make many
            # failures at once: the package's limit of 5 would ban them, or their bastion.
            [sshd]
            enabled = true
            backend = systemd
            maxretry = 20
            findtime = 10m
            bantime = 10m
      runcmd:
        - sysctl --quiet --system
        - systemctl restart systemd-journald
        - systemctl daemon-reload
        - systemctl enable --now fleet-boot-time.service fleet-shutdown.service fleet.service
      "
    `);
  });
});

describe("user data of a Linode", () => {
  it("has one program, without its comments, and executable", () => {
    const programsOf = read("linode-bridge").write_files.filter(({ path }) => path.startsWith("/usr/local/"));
    expect(programsOf).toEqual([
      {
        path: "/usr/local/sbin/fleet-apply",
        permissions: "0755",
        content: compactPython(programs["fleet-apply"]),
      },
    ]);
  });

  it("fits, compressed, also for a pool of ten customers", () => {
    const [home] = aLinodeBridgeInput().served;
    const others = Array.from({ length: 9 }, (_, index) => ({
      customer: aCustomer({ id: `customer-number-${index}` }),
      server: `customer-number-${index}.meet.acme.example`,
    }));
    const files = renderBridgeFiles(aLinodeBridgeInput({ served: [home, ...others] }));
    const written = atFirstBoot(files).map(([path, content]) => ({ path, permissions: "0644", content }));
    const config = read("linode-bridge");
    const document = JSON.stringify({ ...config, write_files: [...config.write_files, ...written] });
    // Linode takes 16,384 characters of base64.
    expect(gzipSync(`#cloud-config\n${document}`).toString("base64").length).toBeLessThan(15_200);
  });
});

describe("renderServerCloudInit", () => {
  it("mounts the data disk, and makes a file system only on an empty one", () => {
    expect(read("server").mounts).toEqual([
      [
        "/dev/disk/by-id/google-data",
        "/var/lib/fleet",
        "ext4",
        "noauto,x-systemd.makefs,x-systemd.growfs",
        "0",
        "2",
      ],
    ]);
  });

  it("starts neither Docker nor the services without the data disk", () => {
    const docker = "/etc/systemd/system/docker.service.d/fleet.conf";
    for (const path of [docker, FLEET_UNIT, SHUTDOWN_UNIT, CERTIFICATES_UNIT]) {
      expect(fileOf("server", path)).toMatch(/^RequiresMountsFor=\/var\/lib\/fleet$/m);
    }
  });

  it("creates every directory of the data disk that a container is given", () => {
    const mounted = (["production", "staging"] as const).flatMap((acme) => {
      const files = renderServerFiles(aServerInput({ customer: aCustomer({ acme }) }));
      const compose = files.get("/etc/fleet/compose.yaml")!;
      return [...compose.matchAll(/(\/var\/lib\/fleet\/[^:\s]+):/g)].map(([, path]) => path);
    });
    const [, created] = /^ExecStartPre=\/usr\/bin\/install -d -m 0750 -o 1000 -g 1000 (.+)$/m.exec(
      fileOf("server", FLEET_UNIT)!,
    )!;
    expect(created!.split(" ").sort()).toEqual([...new Set(mounted)].sort());
  });

  it("keeps what Let's Encrypt gave on the data disk: a new machine asks for no new certificate", () => {
    const files = renderServerFiles(aServerInput());
    const { services } = load(files.get("/etc/fleet/compose.yaml")!) as {
      services: Record<string, { volumes: string[] }>;
    };
    const [[, mountPoint]] = read("server").mounts as [[string, string]];
    const storage = services["web"]!.volumes.find((volume) => volume.endsWith(":/storage"))!.split(":")[0]!;
    expect(storage).toMatch(`${mountPoint}/`);
    // There fleet-certificates looks for a new pair; what it hands on is kept beside it.
    const settings = JSON.parse(files.get("/etc/fleet/certificate.json")!) as Record<string, string>;
    expect([settings["chain"], settings["key"]]).toEqual([
      `${storage}/acme-certs/abc.meet.acme.example/fullchain.pem`,
      `${storage}/acme-certs/abc.meet.acme.example/key.pem`,
    ]);
    expect(services["prosody-brewery"]!.volumes).toEqual([`${mountPoint}/certificates:/certificates:ro`]);
    expect(programs["fleet-certificates"]).toContain(`STORE = "${mountPoint}/certificates"`);
  });

  it("starts the program that hands certificates on, which no bridge has", () => {
    expect(read("server")["runcmd"]).toContain("systemctl enable --now fleet-certificates.service");
    for (const name of ["gcp-bridge", "linode-bridge"] as const) {
      expect(documents[name]).not.toContain("certificates");
    }
    expect(fileOf("server", CERTIFICATES_UNIT)).toMatchInlineSnapshot(`
      "[Unit]
      Description=Certificate of this server, for the services that present it
      # It waits by itself for the files, for a certificate and for containers.
      After=docker.service fleet-secrets.service
      RequiresMountsFor=/var/lib/fleet
      StartLimitIntervalSec=0

      [Service]
      ExecStart=/usr/local/sbin/fleet-certificates --watch
      Restart=always
      RestartSec=15
      NoNewPrivileges=yes
      ProtectSystem=strict
      ReadWritePaths=/run /var/lib/fleet
      ProtectHome=yes
      PrivateTmp=yes

      [Install]
      WantedBy=multi-user.target
      "
    `);
  });

  it("finds the files of the machine in its metadata", () => {
    expect(fileOf("server", FLEET_UNIT)).toContain("ExecStart=/usr/local/sbin/fleet-apply google --watch\n");
  });
});

const SECRETS_UNIT = "/etc/systemd/system/fleet-secrets.service";

describe.each(["server", "gcp-bridge"] as const)("cloud-init of a Google machine (%s)", (name) => {
  it("has no program but the one that fetches the others: those are files, which can change", () => {
    const inBin = read(name).write_files.filter(({ path }) => path.startsWith("/usr/local/"));
    expect(inBin).toEqual([
      { path: "/usr/local/sbin/fleet-bootstrap", permissions: "0755", content: programs["fleet-bootstrap"] },
    ]);
  });

  it("enables its unit before the services start", () => {
    expect(read(name)["runcmd"]).toEqual([
      "sysctl --quiet --system",
      "systemctl restart systemd-journald",
      "systemctl daemon-reload",
      "/usr/local/sbin/fleet-bootstrap",
      "systemctl enable fleet-secrets.service",
      ...(name === "server" ? ["systemctl enable --now fleet-certificates.service"] : []),
      "systemctl enable --now fleet-boot-time.service fleet-shutdown.service fleet.service",
    ]);
  });
});

describe("the unit that fetches secrets", () => {
  it("lets the services wait for them, and leaves the services alone when it runs again", () => {
    expect(fileOf("server", SECRETS_UNIT)).toMatchInlineSnapshot(`
      "[Unit]
      Description=Passwords of this machine, from Secret Manager into /run/fleet/secrets (memory)
      Wants=network-online.target
      After=network-online.target
      Before=fleet.service
      StartLimitIntervalSec=0

      [Service]
      Type=oneshot
      # Once in a boot; a restart of this unit fetches what was rotated since.
      RemainAfterExit=yes
      ExecStart=/usr/local/sbin/fleet-secrets
      Restart=on-failure
      RestartSec=15
      # fleet.service waits until it succeeds: no container can be made without its passwords.
      RestartMode=direct
      TimeoutStartSec=5min
      NoNewPrivileges=yes
      ProtectSystem=strict
      ReadWritePaths=/run
      ProtectHome=yes

      [Install]
      # Not RequiredBy: a restart of this unit would stop the services.
      WantedBy=fleet.service
      "
    `);
  });

  it("is not on a Linode: the secrets are brought there", () => {
    expect(documents["linode-bridge"]).not.toMatch(/sbin\/fleet-secrets|system\/fleet-secrets/);
  });
});

describe("renderGcpBridgeCloudInit", () => {
  it("is the server's without a data disk and what needs one", () => {
    const { mounts, ...server } = read("server");
    const bridge = read("gcp-bridge");
    expect(mounts).toBeDefined();
    expect(Object.keys(bridge)).toEqual(Object.keys(server));
    const differing = server.write_files
      .filter(({ path, content }) => fileOf("gcp-bridge", path) !== content)
      .map(({ path }) => path);
    expect(differing).toEqual([
      FLEET_UNIT,
      BOOT_TIME_UNIT,
      SHUTDOWN_UNIT,
      "/etc/systemd/system/docker.service.d/fleet.conf",
      CERTIFICATES_UNIT,
    ]);
  });
});

describe.each(Object.keys(documents) as (keyof typeof documents)[])("cloud-init of a %s", (name) => {
  it("starts with the line that cloud-init looks for", () => {
    expect(documents[name]).toMatch(/^#cloud-config\n/);
  });

  it("asks at the end of a boot what the machine is for", () => {
    const phases = name === "server" ? SERVER_PHASES : BRIDGE_PHASES;
    const words = Object.entries(phases).map(([phase, url]) => `${phase}=${url}`);
    expect(fileOf(name, BOOT_TIME_UNIT)).toContain(
      `\nExecStart=/usr/local/sbin/fleet-boot-time ${words.join(" ")}\n`,
    );
  });

  it("stops the services at shutdown, and not when fleet-apply ends", () => {
    // systemd runs the ExecStop of a service that crashed, too.
    expect(fileOf(name, FLEET_UNIT)).not.toContain("ExecStop");
    expect(fileOf(name, FLEET_UNIT)).toMatch(/^After=.* fleet-shutdown\.service$/m);
    expect(fileOf(name, SHUTDOWN_UNIT)).toMatch(/^ExecStop=.*docker compose -p fleet stop$/m);
  });

  it("lets nobody log in with a password", () => {
    expect(read(name)["ssh_pwauth"]).toBe(false);
    expect(fileOf(name, "/etc/ssh/sshd_config.d/10-fleet.conf")).toMatch(/^PasswordAuthentication no$/m);
  });

  it("has a Docker configuration that Docker reads", () => {
    expect(JSON.parse(fileOf(name, "/etc/docker/daemon.json")!)).toEqual({
      "live-restore": true,
      "log-driver": "journald",
    });
  });
});

const hasCloudInit = hasRealTool("cloud-init", "its documents were not read by the real program");
(hasCloudInit ? it : it.skip).each(Object.keys(documents))(
  "cloud-init takes the document of a %s",
  (name) => {
    const { status, stdout, stderr } = spawnSync(
      "cloud-init",
      ["schema", "--config-file", join(folder, `${name}.yaml`)],
      { encoding: "utf8" },
    );
    expect({ status, text: stdout + stderr }).toEqual({ status: 0, text: expect.stringMatching(/^Valid /) });
  },
  60_000,
);

const hasTerraform = hasRealTool("terraform", "it has not read the cloud-init documents", [
  "terraform",
  "version",
]);
(hasTerraform ? it : it.skip).each(Object.keys(documents))(
  "Terraform reads the document of a %s",
  (name) => {
    const output = execFileSync("terraform", ["console"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" },
      input: `base64encode(jsonencode(yamldecode(file("${name}.yaml"))))\n`,
    });
    const [, base64] = /^"(.+)"$/m.exec(output)!;
    expect(JSON.parse(Buffer.from(base64!, "base64").toString())).toEqual(
      read(name as keyof typeof documents),
    );
  },
  60_000,
);
