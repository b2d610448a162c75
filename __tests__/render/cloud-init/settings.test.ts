import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { renderGcpBridgeCloudInit } from "../../../render/cloud-init/gcp-bridge-cloud-init";
import { renderLinodeBridgeCloudInit } from "../../../render/cloud-init/linode-bridge-cloud-init";
import { renderServerCloudInit } from "../../../render/cloud-init/server-cloud-init";
import { readPrograms } from "../../../stacks/read-programs";
import { hasRealTool } from "../../builders/real-tool";

/** What the system of a machine is set to, read by the programs that it is for. */

interface CloudConfig {
  readonly packages: readonly string[];
  readonly ntp: unknown;
  readonly runcmd: readonly string[];
  readonly write_files: readonly { readonly path: string; readonly content: string }[];
}

const programs = readPrograms();
const documents = {
  server: load(renderServerCloudInit(programs)) as CloudConfig,
  "gcp-bridge": load(renderGcpBridgeCloudInit(programs)) as CloudConfig,
  "linode-bridge": load(renderLinodeBridgeCloudInit(programs)) as CloudConfig,
};
const names = Object.keys(documents) as (keyof typeof documents)[];
const textOf = (name: keyof typeof documents, path: string): string =>
  documents[name].write_files.find((file) => file.path === path)!.content;

const CHRONY_TEMPLATE = "/etc/cloud/templates/chrony.conf.ubuntu.tmpl";
/** As cloud-init's module does it, for Ubuntu. */
const WRITE_CHRONY = `
import json, sys
from cloudinit.config.cc_ntp import write_ntp_config_template
ntp = json.loads(sys.argv[1])
write_ntp_config_template("ubuntu", "chrony", ntp.get("servers", []), ntp.get("pools", []), sys.argv[2], "${CHRONY_TEMPLATE}")
`;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "settings-"))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes the file as it is on the machine, below a directory of its own. */
const put = (name: keyof typeof documents, path: string): string => {
  const target = join(folder, name, path);
  mkdirSync(join(target, ".."), { recursive: true });
  writeFileSync(target, textOf(name, path));
  return target;
};

describe("time", () => {
  it("is Google's own on Google Cloud, and nobody else's", () => {
    const ntp = { enabled: true, ntp_client: "chrony", servers: ["metadata.google.internal"] };
    expect([documents.server.ntp, documents["gcp-bridge"].ntp]).toEqual([ntp, ntp]);
  });

  it("is Ubuntu's pool on Linode, which cloud-init takes where no server is named", () => {
    expect(documents["linode-bridge"].ntp).toEqual({ enabled: true, ntp_client: "chrony" });
  });

  const installed = hasRealTool(
    "cloud-init with its template of chrony",
    "what it makes of ntp was not seen",
    ["/usr/bin/python3", "-c", `import cloudinit.config.cc_ntp; open("${CHRONY_TEMPLATE}")`],
  );
  (installed ? it : it.skip).each(names)("has these sources in the chrony.conf of a %s", (name) => {
    const path = join(folder, `${name}-chrony.conf`);
    execFileSync("/usr/bin/python3", ["-c", WRITE_CHRONY, JSON.stringify(documents[name].ntp), path], {
      stdio: "pipe",
    });
    const sources = readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => /^(server|pool|peer|sourcedir|refclock)\b/.test(line));
    expect(sources).toEqual(
      name === "linode-bridge"
        ? [0, 1, 2, 3].map((number) => `pool ${number}.ubuntu.pool.ntp.org iburst`)
        : ["server metadata.google.internal iburst"],
    );
  });
});

const SSHD = "/etc/ssh/sshd_config.d/10-fleet.conf";
// sshd refuses to start, also for a check, without this directory; packages make it when the service starts.
const hasSshd = hasRealTool(
  "sshd (with ssh-keygen and the directory /run/sshd)",
  "its drop-in was not read by it",
  ["sh", "-c", "command -v sshd && command -v ssh-keygen && test -d /run/sshd"],
);
(hasSshd ? describe : describe.skip)("sshd", () => {
  const effective = (name: keyof typeof documents): ReadonlyMap<string, string> => {
    const [config, key] = [join(folder, `${name}-sshd_config`), join(folder, `${name}-key`)];
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
    // Ubuntu's file begins like this; what cloud-init and people write comes after our drop-in.
    writeFileSync(
      config,
      `Include ${put(name, SSHD)}\nPasswordAuthentication yes\nKbdInteractiveAuthentication yes\nPermitRootLogin yes\n`,
    );
    const sshd = execFileSync("sh", ["-c", "command -v sshd"], { encoding: "utf8" }).trim();
    const { status, stdout, stderr } = spawnSync(sshd, ["-T", "-f", config, "-h", key], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    return new Map(stdout.split("\n").map((line) => line.split(" ", 2) as [string, string]));
  };

  it.each(names)("takes keys only on a %s, whatever comes after", (name) => {
    const settings = effective(name);
    expect(settings.get("pubkeyauthentication")).toBe("yes");
    expect(settings.get("passwordauthentication")).toBe("no");
    expect(settings.get("kbdinteractiveauthentication")).toBe("no");
    expect(settings.get("permitrootlogin")).toBe(name === "linode-bridge" ? "without-password" : "no");
  });
});

const JAIL = "/etc/fail2ban/jail.d/fleet.local";
describe("fail2ban", () => {
  it("is on Linode only, with what it reads the journal with", () => {
    const has = names.filter((name) => documents[name].packages.includes("fail2ban"));
    expect(has).toEqual(["linode-bridge"]);
    expect(documents["linode-bridge"].packages).toContain("python3-systemd");
  });

  const installed = hasRealTool("fail2ban-client", "its jail was not read by it");
  (installed ? it : it.skip)("watches SSH in the journal, where the image has no log file", () => {
    const config = join(folder, "fail2ban");
    cpSync("/etc/fail2ban", config, { recursive: true });
    cpSync(put("linode-bridge", JAIL), join(config, "jail.d/fleet.local"));
    const client = (...words: string[]) =>
      spawnSync("fail2ban-client", ["-c", config, ...words], { encoding: "utf8" });
    expect(client("-t")).toMatchObject({ status: 0, stdout: expect.stringContaining("test is successful") });
    const { stdout } = client("-d");
    expect(stdout).toContain("['add', 'sshd', 'systemd']");
    expect(stdout).toMatch(/\['set', 'sshd', 'addjournalmatch', .*sshd/);
    expect(stdout).toContain("['start', 'sshd']");
    // 20 failures within ten minutes are a ban of ten minutes.
    expect(stdout).toContain("['set', 'sshd', 'maxretry', 20]");
    expect(stdout).toContain("['set', 'sshd', 'findtime', '10m']");
    expect(stdout).toContain("['set', 'sshd', 'bantime', '10m']");
    expect(stdout).not.toContain("addlogpath");
  });
});

const APT = "/etc/apt/apt.conf.d/52fleet";
const hasApt = hasRealTool("apt-config", "the settings of apt were not read by it");
(hasApt ? describe : describe.skip)("apt", () => {
  it.each(names)("installs security updates every day on a %s, and never reboots", (name) => {
    expect(documents[name].packages).toContain("unattended-upgrades");
    const parts = join(put(name, APT), "..");
    // As the package leaves it when somebody says no.
    writeFileSync(join(parts, "20auto-upgrades"), 'APT::Periodic::Unattended-Upgrade "0";\n');
    const config = join(folder, "apt.conf");
    writeFileSync(config, `Dir::Etc::Parts "${parts}";\nDir::Etc::Main "/dev/null";\n`);
    const output = execFileSync("apt-config", ["dump"], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], APT_CONFIG: config },
    });
    expect(output).toContain('APT::Periodic::Update-Package-Lists "1";');
    expect(output).toContain('APT::Periodic::Unattended-Upgrade "1";');
    expect(output).toContain('Unattended-Upgrade::Automatic-Reboot "false";');
  });
});

const SYSCTL = "/etc/sysctl.d/60-fleet.conf";
const hasSysctl = hasRealTool("sysctl", "kernel settings were not read by it");
(hasSysctl ? it : it.skip).each(names)("sysctl reads the kernel settings of a %s", (name) => {
  const { stdout, stderr } = spawnSync("sysctl", ["--dry-run", `--load=${put(name, SYSCTL)}`], {
    encoding: "utf8",
  });
  // A container has no such file where its kernel shows it to the host only.
  const complaints = stderr
    .split("\n")
    .filter((line) => line && !line.includes("cannot stat /proc/sys/net/core/"));
  expect(complaints).toEqual([]);
  if (existsSync("/proc/sys/net/core/rmem_max")) expect(stdout).toContain("net.core.rmem_max = 10485760");
});
