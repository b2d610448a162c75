import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { load } from "js-yaml";
import { renderGcpBridgeCloudInit } from "../../../render/cloud-init/gcp-bridge-cloud-init";
import { renderLinodeBridgeCloudInit } from "../../../render/cloud-init/linode-bridge-cloud-init";
import { renderServerCloudInit } from "../../../render/cloud-init/server-cloud-init";
import { readPrograms } from "../../../stacks/read-programs";
import { hasRealTool } from "../../builders/real-tool";

interface CloudConfig {
  readonly mounts?: readonly (readonly [device: string, mountPoint: string, type: string])[];
  readonly write_files: readonly { readonly path: string; readonly content: string }[];
}

/** Files below systemd's directory by their path in it: units, and drop-ins of others. */
type Units = Readonly<Record<string, string>>;

const SYSTEMD = "/etc/systemd/system/";

const programs = readPrograms();
/** The unit that the first push to a Linode writes. */
const [, pushedUnit] = /^UNIT_TEXT = """(.+?)"""$/ms.exec(
  readFileSync(join(__dirname, "../../../programs/fleet-push.py"), "utf8"),
)!;

/** All that a machine has of ours, with the mounts that cloud-init adds to fstab. */
function unitsOf(document: string, more: Units = {}): Units {
  const { mounts = [], write_files } = load(document) as CloudConfig;
  return {
    ...Object.fromEntries(
      write_files
        .filter(({ path }) => path.startsWith(SYSTEMD))
        .map(({ path, content }) => [path.slice(SYSTEMD.length), content]),
    ),
    ...Object.fromEntries(
      mounts.map(([device, mountPoint, type]) => [
        `${mountPoint.slice(1).replaceAll("/", "-")}.mount`,
        `[Mount]\nWhat=${device}\nWhere=${mountPoint}\nType=${type}\n`,
      ]),
    ),
    ...more,
  };
}

const machines = {
  server: unitsOf(renderServerCloudInit(programs)),
  "gcp-bridge": unitsOf(renderGcpBridgeCloudInit(programs)),
  "linode-bridge": unitsOf(renderLinodeBridgeCloudInit(programs), { "fleet-secrets.service": pushedUnit! }),
};
type Machine = keyof typeof machines;

it.each<[Machine, string[]]>([
  ["server", ["docker.service.d/fleet.conf", "fleet-certificates.service", "var-lib-fleet.mount"]],
  ["gcp-bridge", []],
  ["linode-bridge", []],
])("a %s has these units", (name, others) => {
  const everywhere = ["fleet-boot-time", "fleet-secrets", "fleet-shutdown", "fleet"];
  expect(Object.keys(machines[name]).sort()).toEqual(
    [...everywhere.map((unit) => `${unit}.service`), ...others].sort(),
  );
});

/** What Ubuntu has around them, in the order in which it starts (`man bootup`, and the packages of Docker). */
const UBUNTU: Units = {
  "local-fs-pre.target": "[Unit]\nDefaultDependencies=no\n",
  "local-fs.target": "[Unit]\nDefaultDependencies=no\nAfter=local-fs-pre.target\n",
  "sysinit.target":
    "[Unit]\nDefaultDependencies=no\nRequires=local-fs.target\nAfter=local-fs.target\nConflicts=shutdown.target\n",
  "sockets.target": "[Unit]\n",
  "basic.target":
    "[Unit]\nRequires=sysinit.target\nWants=sockets.target\nAfter=sysinit.target sockets.target\nConflicts=shutdown.target\n",
  "network.target": "[Unit]\n",
  "network-online.target": "[Unit]\nAfter=network.target\n",
  "multi-user.target":
    "[Unit]\nRequires=basic.target\nAfter=basic.target\nConflicts=shutdown.target\nWants=docker.service\n",
  "umount.target": "[Unit]\nDefaultDependencies=no\n",
  "shutdown.target": "[Unit]\nDefaultDependencies=no\nAfter=umount.target\n",
  "containerd.service": "[Unit]\nAfter=network.target local-fs.target\n[Service]\nExecStart=/bin/true\n",
  "docker.socket": "[Socket]\nListenStream=/run/docker.sock\n",
  "docker.service":
    "[Unit]\nAfter=network-online.target docker.socket containerd.service\nWants=network-online.target containerd.service\n" +
    "Requires=docker.socket\n[Service]\nExecStart=/bin/true\n",
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "units-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** What systemd says about a boot with the units, all of them under their own names and enabled; empty: nothing. */
function complaints(units: Units): string {
  const [, version] = /^systemd ([0-9]+)/.exec(
    execFileSync("systemd-analyze", ["--version"], { encoding: "utf8" }),
  )!;
  const all = Object.entries({ ...UBUNTU, ...units });
  for (const [path, text] of all) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    // The programs are on the machine, not here.
    const runnable = text.replaceAll(/^(Exec\w+=)\S+/gm, "$1/bin/true");
    // Ubuntu 24.04 has systemd 255; this setting came with 254.
    writeFileSync(file, Number(version) < 254 ? runnable.replace(/^RestartMode=direct$/m, "") : runnable);
    const [, wantedBy] = /^WantedBy=(\S+)$/m.exec(text) ?? [];
    if (wantedBy === undefined) continue;
    mkdirSync(join(folder, `${wantedBy}.wants`), { recursive: true });
    symlinkSync(`../${path}`, join(folder, `${wantedBy}.wants`, path));
  }
  const files = all.map(([path]) => path).filter((path) => !path.includes("/"));
  const { status, stdout, stderr } = spawnSync(
    "systemd-analyze",
    ["verify", "--man=no", ...files.map((path) => join(folder, path))],
    // No other directory: what is installed here has no part in it.
    { encoding: "utf8", env: { ...process.env, SYSTEMD_UNIT_PATH: folder } },
  );
  const text = stdout + stderr;
  return status !== 0 && text === "" ? `ended with ${status}` : text;
}

const hasSystemd = hasRealTool("systemd-analyze", "the units were not read by systemd");
(hasSystemd ? describe : describe.skip)("systemd", () => {
  it.each(Object.keys(machines) as Machine[])("takes all units of a %s together", (name) => {
    expect(complaints(machines[name])).toBe("");
  });

  it.each<[Machine, string, string]>([
    ["server", "docker.service.d/fleet.conf", "After=fleet-certificates.service"],
    ["gcp-bridge", "fleet-shutdown.service", "After=fleet.service"],
    ["linode-bridge", "fleet-secrets.service", "After=multi-user.target"],
    ["server", "var-lib-fleet.mount", "After=docker.service"],
  ])("would find a cycle in the units of a %s: %s with %s", (name, unit, line) => {
    const units = machines[name];
    const planted = { ...units, [unit]: `[Unit]\n${line}\n${units[unit]!}` };
    expect(complaints(planted)).toContain("Found ordering cycle");
  });

  it("would find a setting that it does not know", () => {
    const text = machines.server["fleet.service"]!.replace("RestartSec=", "RestartSeconds=");
    expect(complaints({ ...machines.server, "fleet.service": text })).toContain("RestartSeconds");
  });

  it("would find a unit that nobody has", () => {
    const text = machines["linode-bridge"]["fleet.service"]!.replace(
      "[Service]",
      "Requires=x.service\n[Service]",
    );
    expect(complaints({ ...machines["linode-bridge"], "fleet.service": text })).toContain(
      "x.service not found",
    );
  });
});
