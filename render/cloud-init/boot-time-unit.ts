import type { WrittenFile } from "./cloud-config";

export const BOOT_TIME_UNIT = "fleet-boot-time.service";

/** A phase of the boot, and what answers when it is over. */
export type BootPhases = Readonly<Record<string, string>>;

/** A bridge takes calls as soon as it is in the breweries; its health alone says nothing about them. */
export const BRIDGE_PHASES: BootPhases = {
  answers: "http://127.0.0.1:8080/about/health",
  joined: "http://127.0.0.1:8080/colibri/stats",
};

/** Port 80 is no sign: the issuer of certificates answers there, too. Prosody answers through nginx. */
export const SERVER_PHASES: BootPhases = {
  page: "https://127.0.0.1/",
  prosody: "https://127.0.0.1/http-bind",
  jicofo: "http://127.0.0.1:8888/stats",
};

/** The unit that writes the duration of a boot to /run/fleet/boot.json (`programs/fleet-boot-time.py`). */
export const bootTimeUnit = (phases: BootPhases): WrittenFile => ({
  path: `/etc/systemd/system/${BOOT_TIME_UNIT}`,
  content: [
    "[Unit]",
    "Description=Duration of this boot, into /run/fleet/boot.json",
    "# On a new Linode the program comes with the first push.",
    "StartLimitIntervalSec=0",
    "",
    "[Service]",
    `ExecStart=/usr/local/sbin/fleet-boot-time ${Object.entries(phases)
      .map(([phase, url]) => `${phase}=${url}`)
      .join(" ")}`,
    "Restart=on-failure",
    "RestartSec=5",
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ReadWritePaths=/run",
    "StateDirectory=fleet-boot-time",
    "ProtectHome=yes",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n"),
});
