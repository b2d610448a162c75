import { DATA } from "../machine-paths";
import type { MachineKind } from "./cloud-config";

const UNIT = "fleet-certificates.service";

/**
 * What hands a server's certificate on to the services that present it (`programs/fleet-certificates.py`). The comments
 * are in the unit, where a person on the machine asks.
 */
export const certificatesUnit = (): NonNullable<MachineKind["service"]> => ({
  unit: UNIT,
  file: { path: `/etc/systemd/system/${UNIT}`, content: unit() },
});

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
