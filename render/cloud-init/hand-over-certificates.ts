import { DATA } from "../machine-paths";
import type { MachineKind } from "./cloud-config";

/**
 * What hands a server's certificate on to the services that present it: a program that never ends, and its unit. The
 * comments are in the unit, where a person on the machine asks.
 *
 * @param program `programs/fleet-certificates.py`
 */
export const handOverCertificates = (program: string): NonNullable<MachineKind["service"]> => ({
  unit: UNIT,
  files: [
    { path: "/usr/local/sbin/fleet-certificates", permissions: "0755", content: program },
    { path: `/etc/systemd/system/${UNIT}`, content: unit() },
  ],
});

const UNIT = "fleet-certificates.service";

const unit = (): string =>
  [
    "[Unit]",
    "Description=Certificate of this server, for the services that present it",
    "# It waits by itself for the files, for a certificate and for containers.",
    "After=docker.service fleet-secrets.service",
    `RequiresMountsFor=${DATA}`,
    "StartLimitIntervalSec=0",
    "",
    "[Service]",
    "ExecStart=/usr/local/sbin/fleet-certificates --watch",
    "Restart=always",
    "RestartSec=15",
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    `ReadWritePaths=/run ${DATA}`,
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");
