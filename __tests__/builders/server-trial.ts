import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from "node:fs";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { renderServerFiles } from "../../render/server/server-files";
import type { PemPair } from "./certificates";
import { aServerInput } from "./machine-input";

const PROGRAM = join(__dirname, "../../programs/fleet-certificates.py");
export const HOST = "abc.meet.acme.example";
const STORE = "var/lib/fleet/certificates";
const SOURCE = `/var/lib/fleet/web/acme-certs/${HOST}`;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What fleet-certificates says about its last run. */
export interface CertificateStatus {
  readonly result: "presented" | "refused" | "failed";
  readonly code: number;
  readonly reason: string;
  readonly hostname?: string;
  readonly issuer?: string;
  readonly serial?: string;
  readonly not_after?: number;
  readonly days_left?: number;
}

const input = aServerInput();
const rendered = renderServerFiles({ ...input, customer: { ...input.customer, hostname: HOST } });
const { services } = load(rendered.get("/etc/fleet/compose.yaml")!) as {
  services: Record<string, { readonly entrypoint: readonly [string, string, string] }>;
};

/**
 * A directory that stands for `/` of a server, with the rendered settings of fleet-certificates, and a pretended Docker
 * whose one container is the real Prosody, behind the rendered entrypoint: paths of the container stand below `box`.
 */
export class ServerTrial {
  readonly folder = mkdtempSync(join(tmpdir(), "fleet-certificates-"));
  readonly root = join(this.folder, "root");
  private readonly running = new Set<ChildProcess>();

  private constructor(readonly port: number) {
    for (const name of ["root", "bin", "box"]) mkdirSync(join(this.folder, name));
    for (const name of ["config/certs", "run/prosody/config/certs", "data"]) {
      mkdirSync(join(this.folder, "box", name), { recursive: true });
    }
    this.put("bin/docker", this.docker());
    this.put("box/init", this.init());
    this.put("box/prosody.cfg.lua", this.prosody());
    for (const name of ["bin/docker", "box/init"]) chmodSync(join(this.folder, name), 0o755);
    this.configure({});
  }

  static start = (): Promise<ServerTrial> =>
    new Promise((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(new ServerTrial(port)));
      });
    });

  /** Ends what runs, and removes everything. */
  async close(): Promise<void> {
    await Promise.all([...this.running].map((child) => this.kill(child)));
    rmSync(this.folder, { recursive: true });
  }

  /** Rendered settings, with the trial's port and whatever else a test says. */
  configure(changes: object): void {
    const settings = JSON.parse(rendered.get("/etc/fleet/certificate.json")!) as object;
    this.put(
      "root/etc/fleet/certificate.json",
      JSON.stringify({ ...settings, services: { "prosody-brewery": this.port }, ...changes }),
    );
  }

  /** What acme.sh writes when it has a new certificate. */
  issue({ chain, key }: PemPair): void {
    this.put(`root${SOURCE}/key.pem`, key);
    this.put(`root${SOURCE}/fullchain.pem`, chain);
  }

  put(path: string, text: string): void {
    mkdirSync(join(this.folder, path, ".."), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** The brewery's container, with the entrypoint that is rendered for it. */
  startBrewery(): ChildProcess {
    const [shell, option, script] = services["prosody-brewery"]!.entrypoint;
    const child = this.follow(spawn(shell, [option, this.boxed(script)], { detached: true }));
    this.put("box/pid", String(child.pid));
    return child;
  }

  /** Starts the program in a process group of its own. @param authority PEM that stands for the system's */
  spawn(words: readonly string[], authority: string, wrapper: readonly string[] = []): ChildProcess {
    this.put("authorities.pem", authority);
    const words_ = [...wrapper, PROGRAM, "--root", this.root, ...words];
    return this.follow(
      spawn("python3", ["-IS", ...words_], {
        detached: true,
        env: {
          PATH: `${join(this.folder, "bin")}:${process.env["PATH"]}`,
          SSL_CERT_FILE: join(this.folder, "authorities.pem"),
          SSL_CERT_DIR: "/nonexistent",
          FAKE_ROOT: this.root,
          TRACE: join(this.folder, "trace"),
        },
      }),
    );
  }

  run = (authority: string, wrapper: readonly string[] = []): Promise<Ended> =>
    new Promise((resolve) => {
      const child = this.spawn(["--patience", "5"], authority, wrapper);
      let [out, err] = ["", ""];
      child.stdout!.on("data", (data) => (out += data));
      child.stderr!.on("data", (data) => (err += data));
      child.on("close", (code) => resolve({ code, out: this.plain(out), err: this.plain(err) }));
    });

  kill = (child: ChildProcess): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.on("exit", () => resolve());
      process.kill(-child.pid!, "SIGKILL");
    });

  /** The pair in use, as who reads both files at once finds it; undefined when there is none. */
  current(): PemPair | undefined {
    const link = join(this.root, STORE, "current");
    if (!existsSync(link)) return undefined;
    const read = (ending: string) => readFileSync(join(link, `${HOST}.${ending}`), "utf8");
    return { chain: read("crt"), key: read("key") };
  }

  /** Path of the pair in use. */
  get pair(): string {
    return join(this.root, STORE, readlinkSync(join(this.root, STORE, "current")));
  }

  stored = (): string[] => readdirSync(join(this.root, STORE)).sort();

  status = (): CertificateStatus =>
    JSON.parse(readFileSync(join(this.root, "run/fleet/certificate.json"), "utf8")) as CertificateStatus;

  log = (): string => readFileSync(join(this.folder, "box/prosody.log"), "utf8");

  /** Commands that Docker was given, in order. */
  calls(): string[] {
    const path = join(this.folder, "calls");
    return existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n") : [];
  }

  addUser(name: string, password: string): void {
    const config = join(this.folder, "box/prosody.cfg.lua");
    const { status, stdout } = spawnSync("prosodyctl", [
      "--config",
      config,
      "register",
      name,
      HOST,
      password,
    ]);
    if (status !== 0) throw new Error(`prosodyctl register: ${stdout.toString()}`);
  }

  private follow(child: ChildProcess): ChildProcess {
    this.running.add(child);
    child.on("exit", () => this.running.delete(child));
    return child;
  }

  private plain = (text: string): string => text.replaceAll(this.root, "");

  /** A script of the container, with its paths below the trial's folder. */
  private boxed = (script: string): string =>
    script
      .replaceAll("/certificates/", `${join(this.root, STORE)}/`)
      .replaceAll("/config/certs", join(this.folder, "box/config/certs"))
      .replaceAll(
        `/run/prosody${join(this.folder, "box/config/certs")}`,
        join(this.folder, "box/run/prosody/config/certs"),
      )
      .replaceAll("exec /init", `exec ${join(this.folder, "box/init")}`);

  private docker(): string {
    return `#!/bin/bash
echo "$*" >> ${this.folder}/calls
case "$*" in
"ps "*service=prosody-brewery*)
  [ ! -e ${this.folder}/box/pid ] || ! kill -0 "$(<${this.folder}/box/pid)" 2>&- || echo 4e5f ;;
"exec --user 1000 4e5f sh -c "*)
  script=\${7//\\/certificates\\//${join(this.root, STORE)}\\/}
  script=\${script//\\/run\\/prosody\\//${this.folder}\\/box\\/run\\/prosody\\/}
  exec sh -c "$script" "\${@:8}" ;;
*) echo "unknown command: docker $*" >&2; exit 125 ;;
esac
`;
  }

  /** What the image does before it starts Prosody. */
  private init(): string {
    const box = join(this.folder, "box");
    return `#!/bin/sh
cp -rf ${box}/config/. ${box}/run/prosody/config
cp ${box}/prosody.cfg.lua ${box}/run/prosody/config/
exec prosody --config ${box}/run/prosody/config/prosody.cfg.lua -F
`;
  }

  private prosody(): string {
    const box = join(this.folder, "box");
    const certs = `${box}/run/prosody/config/certs/${HOST}`;
    return `${process.getuid?.() === 0 ? 'run_as_root = true\nprosody_user = "root"\nprosody_group = "root"\n' : ""}
pidfile = "${box}/prosody.pid"
data_path = "${box}/data"
log = { { levels = { min = "info" }, to = "file", filename = "${box}/prosody.log" } }
modules_enabled = { "saslauth", "tls", "disco", "ping", "posix" }
modules_disabled = { "s2s" }
interfaces = { "127.0.0.1" }
c2s_ports = { ${this.port} }
c2s_require_encryption = true
VirtualHost "${HOST}"
  authentication = "internal_hashed"
  ssl = { certificate = "${certs}.crt", key = "${certs}.key" }
Component "muc.jvb.meet.jitsi" "muc"
`;
  }
}
