import type { WrittenFile } from "./cloud-config";

export const SECRETS_UNIT = "fleet-secrets.service";

/**
 * The unit that fetches the passwords of a Google machine at boot (`programs/fleet-secrets.py`); it has to be enabled.
 * The comments are in the unit, where a person on the machine asks.
 */
export const secretsUnit = (): WrittenFile => ({
  path: `/etc/systemd/system/${SECRETS_UNIT}`,
  content: unit(),
});

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
