import type { WrittenFile } from "./cloud-config";

/**
 * What fetches the passwords of a Google machine at boot: a program and its unit, which has to be enabled. The comments
 * are in the unit, where a person on the machine asks.
 *
 * @param program `programs/fleet-secrets.py`
 */
export const fetchSecrets = (program: string): WrittenFile[] => [
  { path: "/usr/local/sbin/fleet-secrets", permissions: "0755", content: program },
  { path: `/etc/systemd/system/${SECRETS_UNIT}`, content: unit() },
];

export const SECRETS_UNIT = "fleet-secrets.service";

const unit = (): string =>
  [
    "[Unit]",
    "Description=Passwords of this machine, from Secret Manager into /run/fleet/secrets (memory)",
    "Wants=network-online.target",
    "After=network-online.target",
    "Before=fleet.service",
    "StartLimitIntervalSec=0",
    "",
    "[Service]",
    "Type=oneshot",
    "# Once in a boot; a restart of this unit fetches what was rotated since.",
    "RemainAfterExit=yes",
    "ExecStart=/usr/local/sbin/fleet-secrets",
    "Restart=on-failure",
    "RestartSec=15",
    "# fleet.service waits until it succeeds: no container can be made without its passwords.",
    "RestartMode=direct",
    "TimeoutStartSec=5min",
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ReadWritePaths=/run",
    "ProtectHome=yes",
    "",
    "[Install]",
    "# Not RequiredBy: a restart of this unit would stop the services.",
    "WantedBy=fleet.service",
    "",
  ].join("\n");
