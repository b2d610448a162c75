import { COMPOSE_PROJECT } from "../machine-paths";
import { RECEIVE_BUFFER_BYTES } from "../jitsi/jvb";
import type { Programs } from "../programs";
import { comment } from "../text/comment";
import { toYaml } from "../text/yaml";
import { bootTimeUnit, BOOT_TIME_UNIT } from "./boot-time-unit";
import type { BootPhases } from "./boot-time-unit";
import { SECRETS_UNIT, secretsUnit } from "./secrets-unit";

/** What differs between the kinds of machine. */
export interface MachineKind {
  readonly about: string;
  /** Where fleet-apply finds the files of the machine. */
  readonly source: "google" | "linode";
  /** When the boot is over. */
  readonly phases: BootPhases;
  /** Directories that must be on the data disk before Docker or the services start, by mount point. */
  readonly dataDisk?: {
    readonly device: string;
    readonly mountPoint: string;
    /** Created for uid 1000, which the images run as. */
    readonly directories: readonly string[];
  };
  /** A service of this kind of machine alone, which starts beside fleet.service. */
  readonly service?: { readonly unit: string; readonly file: WrittenFile };
}

/** An entry of `write_files`. */
export interface WrittenFile {
  readonly path: string;
  readonly permissions?: string;
  readonly content: string;
}

/**
 * A cloud-init document for Ubuntu 24.04: packages, hardening and the unit that starts the services. It is the same
 * for every machine of its kind and says nothing about a customer, because it runs once: what changes is in files.
 *
 * A plain mapping without anchors and with `write_files` as a list, so that Terraform can read it and add files.
 */
export const renderCloudConfig = (kind: MachineKind, programs: Programs): string =>
  `#cloud-config\n${comment(kind.about)}\n` +
  toYaml({
    package_update: true,
    packages: ["docker.io", "docker-compose-v2", "unattended-upgrades", ...PACKAGES[kind.source]],
    ntp: TIME[kind.source],
    ssh_pwauth: false,
    ...(kind.source === "linode" ? { disable_root: false } : {}),
    ...(kind.dataDisk ? { mounts: [mount(kind.dataDisk)] } : {}),
    write_files: [
      atFirstBoot(kind, programs),
      { path: "/etc/systemd/system/fleet.service", content: fleetUnit(kind) },
      ...(kind.source === "google" ? [secretsUnit()] : []),
      bootTimeUnit(kind.phases),
      { path: "/etc/systemd/system/fleet-shutdown.service", content: shutdownUnit(kind) },
      ...(kind.dataDisk ? [dockerUnit(kind.dataDisk.mountPoint)] : []),
      ...(kind.service ? [kind.service.file] : []),
      ...settings(kind),
    ] satisfies WrittenFile[],
    runcmd: [
      "sysctl --quiet --system",
      "systemctl restart systemd-journald",
      "systemctl daemon-reload",
      ...(kind.source === "google"
        ? ["/usr/local/sbin/fleet-bootstrap", `systemctl enable ${SECRETS_UNIT}`]
        : []),
      ...(kind.service ? [`systemctl enable --now ${kind.service.unit}`] : []),
      // One command, because it waits until the services are started.
      `systemctl enable --now ${BOOT_TIME_UNIT} fleet-shutdown.service fleet.service`,
    ],
  });

/**
 * The one program of a first boot. On Google it fetches the others, which are among the machine's files and change with
 * them; on Linode it runs what is there, and a push brings the others and its next versions.
 */
const atFirstBoot = ({ source }: MachineKind, programs: Programs): WrittenFile => {
  const name = source === "google" ? "fleet-bootstrap" : "fleet-apply";
  return { path: `/usr/local/sbin/${name}`, permissions: "0755", content: programs[name] };
};

/**
 * Whoever can reach SSH on Linode is let through by the pool's firewall alone; on Google, the identity-aware proxy asks
 * who it is first. fail2ban reads the journal there, for which it needs Python's binding.
 */
const PACKAGES: Readonly<Record<MachineKind["source"], readonly string[]>> = {
  google: [],
  linode: ["fail2ban", "python3-systemd"],
};

/**
 * Who tells the time. Google's own clock smears leap seconds and must not be mixed with others; on Linode, cloud-init
 * takes Ubuntu's pool where no server is named.
 */
const TIME: Readonly<Record<MachineKind["source"], object>> = {
  google: { enabled: true, ntp_client: "chrony", servers: ["metadata.google.internal"] },
  linode: { enabled: true, ntp_client: "chrony" },
};

/**
 * `x-systemd.makefs` makes a file system only where the disk carries no signature at all, `growfs` follows a disk that
 * was enlarged. `noauto`: units that need it pull it in, and a boot without the disk still ends in a machine to log in to.
 */
const mount = ({ device, mountPoint }: NonNullable<MachineKind["dataDisk"]>): string[] => [
  device,
  mountPoint,
  "ext4",
  "noauto,x-systemd.makefs,x-systemd.growfs",
  "0",
  "2",
];

/** Docker starts containers by itself after a crash: not before the disk is there, or they would write beside it. */
const dockerUnit = (mountPoint: string): WrittenFile => ({
  path: "/etc/systemd/system/docker.service.d/fleet.conf",
  content: `[Unit]\nRequiresMountsFor=${mountPoint}\n`,
});

/**
 * Starts the services at every boot, and on Google follows the metadata from then on. The comments are in the unit,
 * where a person on the machine asks. It has no ExecStop: systemd would run that after a crash of the program, too.
 */
const fleetUnit = ({ source, dataDisk }: MachineKind): string =>
  [
    "[Unit]",
    "Description=Services of this machine, from /etc/fleet",
    "# Not Requires: a restart of Docker, as by an upgrade, must not stop the services. At shutdown this ends first.",
    "Wants=network-online.target docker.service",
    "After=network-online.target docker.service fleet-shutdown.service",
    ...(dataDisk ? [`RequiresMountsFor=${dataDisk.mountPoint}`] : []),
    "StartLimitIntervalSec=0",
    "",
    "[Service]",
    ...(dataDisk
      ? [`ExecStartPre=/usr/bin/install -d -m 0750 -o 1000 -g 1000 ${dataDisk.directories.join(" ")}`]
      : []),
    ...START[source],
    "RestartSec=15",
    "TimeoutStartSec=15min",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");

const START: Readonly<Record<MachineKind["source"], readonly string[]>> = {
  google: [
    "# Ready when the first attempt is over; what failed is tried again by the program itself.",
    "Type=notify",
    "ExecStart=/usr/local/sbin/fleet-apply google --watch",
    "Restart=always",
  ],
  linode: [
    "Type=oneshot",
    "RemainAfterExit=yes",
    "ExecStart=/usr/local/sbin/fleet-apply linode",
    "Restart=on-failure",
    "# 65: the files are refused, and trying again would not help.",
    "RestartPreventExitStatus=65",
  ],
};

/**
 * Stops the services when the machine goes down, and only then: a restart of fleet.service cuts no call.
 *
 * Docker's `live-restore` leaves containers alone at shutdown, so nothing else would end them in order.
 */
const shutdownUnit = ({ dataDisk }: MachineKind): string =>
  [
    "[Unit]",
    "Description=Stop of the services at shutdown",
    "After=network-online.target docker.service",
    ...(dataDisk ? [`RequiresMountsFor=${dataDisk.mountPoint}`] : []),
    "",
    "[Service]",
    "Type=oneshot",
    "RemainAfterExit=yes",
    "ExecStart=/usr/bin/true",
    "# Else Docker would start them at the next boot by itself, with the addresses of this one.",
    `ExecStop=/usr/bin/docker compose -p ${COMPOSE_PROJECT} stop`,
    "TimeoutStopSec=2min",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");

const settings = ({ source }: MachineKind): WrittenFile[] => [
  {
    path: "/etc/docker/daemon.json",
    // Containers live on while an upgrade restarts Docker; their logs go where the limit below holds.
    content: '{ "live-restore": true, "log-driver": "journald" }\n',
  },
  {
    path: "/etc/systemd/journald.conf.d/fleet.conf",
    content: "[Journal]\nSystemMaxUse=1G\nMaxRetentionSec=1month\n",
  },
  {
    path: "/etc/sysctl.d/60-fleet.conf",
    content:
      "# Media comes in bursts; the bridge asks for a receive buffer of this size.\n" +
      `net.core.rmem_max = ${RECEIVE_BUFFER_BYTES}\n` +
      "net.core.netdev_max_backlog = 100000\n",
  },
  {
    path: "/etc/ssh/sshd_config.d/10-fleet.conf",
    content:
      "PasswordAuthentication no\nKbdInteractiveAuthentication no\n" +
      // Linode puts the operators' keys into root's account; Google makes accounts for people (OS Login).
      `PermitRootLogin ${source === "linode" ? "prohibit-password" : "no"}\n`,
  },
  {
    path: "/etc/apt/apt.conf.d/52fleet",
    content:
      'APT::Periodic::Update-Package-Lists "1";\n' +
      'APT::Periodic::Unattended-Upgrade "1";\n' +
      "// A reboot ends calls: people decide on it.\n" +
      'Unattended-Upgrade::Automatic-Reboot "false";\n',
  },
  ...(source === "linode"
    ? [
        {
          // .local is read after the package's own files. The image may have no /var/log/auth.log.
          path: "/etc/fail2ban/jail.d/fleet.local",
          content:
            "# The firewall lets only operators come this far. An agent with several keys and a deploy that tries again make many\n" +
            "# failures at once: the package's limit of 5 would ban them, or their bastion.\n" +
            "[sshd]\nenabled = true\nbackend = systemd\nmaxretry = 20\nfindtime = 10m\nbantime = 10m\n",
        },
      ]
    : []),
];
