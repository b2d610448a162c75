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
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { renderServerFiles } from "../../render/server/server-files";
import type { PemPair } from "./certificates";
import { aCustomer } from "./fleet";
import { aServerInput } from "./machine-input";

const PROGRAM = join(__dirname, "../../programs/fleet-certificates.py");
export const HOST = "abc.meet.acme.example";
const STORE = "var/lib/fleet/certificates";
const SOURCE = `/var/lib/fleet/web/acme-certs/${HOST}`;
/** Where the customer's own certificate arrives. */
export const OWN_CERTIFICATE = "/run/fleet/secrets/certificate.pem";

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

type Service = "prosody-brewery" | "web";

interface Compose {
  readonly services: Readonly<Record<Service, { readonly entrypoint: readonly [string, string, string] }>>;
}

const filesOf = (customer: Parameters<typeof aCustomer>[0]) =>
  renderServerFiles(aServerInput({ customer: aCustomer({ ...customer, hostname: HOST }) }));
const withAcme = filesOf({});
const withOwn = filesOf({ certificate: { secret: "abc-certificate" } });

/**
 * A directory that stands for `/` of a server, with the rendered settings of fleet-certificates, and a pretended Docker
 * whose containers are the real Prosody and the real nginx behind the rendered entrypoints. Their own paths stand below
 * `<folder>/<service>`.
 */
export class ServerTrial {
  readonly folder = mkdtempSync(join(tmpdir(), "fleet-certificates-"));
  readonly root = join(this.folder, "root");
  private readonly running = new Set<ChildProcess>();

  private constructor(private readonly ports: Readonly<Record<Service, number>>) {
    this.put("bin/docker", this.docker());
    const keys = { "prosody-brewery": "certs", web: "keys" };
    for (const service of ["prosody-brewery", "web"] as const) {
      mkdirSync(join(this.folder, service, "config", keys[service]), { recursive: true });
      this.put(`${service}/init`, this.init(service));
    }
    this.put("prosody-brewery/prosody.cfg.lua", this.prosodyConfig());
    this.put("web/nginx.conf", this.nginxConfig());
    for (const name of ["bin/docker", "prosody-brewery/init", "web/init"])
      chmodSync(join(this.folder, name), 0o755);
    this.configure({});
  }

  static async start(): Promise<ServerTrial> {
    const servers = [0, 1].map(() => createServer().listen(0, "127.0.0.1"));
    await Promise.all(servers.map((server) => new Promise((resolve) => server.on("listening", resolve))));
    const [brewery, web] = servers.map((server) => (server.address() as AddressInfo).port);
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    return new ServerTrial({ "prosody-brewery": brewery!, web: web! });
  }

  /** Ends what runs, and removes everything. */
  async close(): Promise<void> {
    await Promise.all([...this.running].map((child) => this.kill(child)));
    rmSync(this.folder, { recursive: true });
  }

  port = (service: Service): number => this.ports[service];

  /** Rendered settings, with the trial's ports and whatever else a test says. */
  configure(changes: object, files = withAcme): void {
    const { services, ...settings } = JSON.parse(files.get("/etc/fleet/certificate.json")!) as {
      services: Partial<Record<Service, number>>;
    };
    const ports = Object.fromEntries(
      Object.keys(services).map((name) => [name, this.ports[name as Service]]),
    );
    this.put("root/etc/fleet/certificate.json", JSON.stringify({ ...settings, services: ports, ...changes }));
  }

  /** A customer with a certificate of its own. */
  configureOwn = (): void => this.configure({}, withOwn);

  /** What acme.sh writes when it has a new certificate. */
  issue({ chain, key }: PemPair): void {
    this.put(`root${SOURCE}/key.pem`, key);
    this.put(`root${SOURCE}/fullchain.pem`, chain);
  }

  /** A pair that was handed over long ago. */
  keep({ chain, key }: PemPair): void {
    this.put(`root/${STORE}/old/${HOST}.crt`, chain);
    this.put(`root/${STORE}/old/${HOST}.key`, key);
    symlinkSync("old", join(this.root, STORE, "current"));
  }

  /** Docker's daemon goes away, or comes back. */
  dockerAway(away: boolean): void {
    if (away) this.put("away", "");
    else rmSync(join(this.folder, "away"));
  }

  put(path: string, text: string): void {
    mkdirSync(join(this.folder, path, ".."), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** A service's container, with the entrypoint that is rendered for it. */
  startContainer(service: Service): ChildProcess {
    const { services } = load(withOwn.get("/etc/fleet/compose.yaml")!) as Compose;
    const [shell, option, script] = services[service].entrypoint;
    const inTrial = script
      .replace(/(?<= )\/(?=config|init)/g, `${this.folder}/${service}/`)
      .replace(/(?<= )\/certificates\//g, `${this.root}/${STORE}/`);
    const child = this.follow(spawn(shell, [option, inTrial], { detached: true }));
    this.put(`${service}/pid`, String(child.pid));
    return child;
  }

  /** A container that runs, and in which nobody listens. */
  pretendRunning = (service: Service): void => this.put(`${service}/pid`, String(process.pid));

  /** Starts the program in a process group of its own. @param authority PEM that stands for the system's */
  spawn(words: readonly string[], authority: string, wrapper: readonly string[] = []): ChildProcess {
    this.put("authorities.pem", authority);
    return this.follow(
      spawn("python3", ["-IS", ...wrapper, PROGRAM, "--root", this.root, ...words], {
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

  /** Runs the program once; whatever it prints, it prints no key. */
  async run(authority: string, wrapper: readonly string[] = [], patience = 20): Promise<Ended> {
    const child = this.spawn(["--patience", String(patience)], authority, wrapper);
    let [out, err] = ["", ""];
    child.stdout!.on("data", (data) => (out += data));
    child.stderr!.on("data", (data) => (err += data));
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    for (const line of this.current()?.key.split("\n").slice(1, -2) ?? [])
      expect(out + err).not.toContain(line);
    return { code, out: out.replaceAll(this.root, ""), err: err.replaceAll(this.root, "") };
  }

  kill = (child: ChildProcess): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.on("exit", () => resolve());
      process.kill(-child.pid!, "SIGKILL");
    });

  /** The pair in use of this host; undefined when there is none. */
  current(): PemPair | undefined {
    const file = (ending: string) => join(this.root, STORE, "current", `${HOST}.${ending}`);
    if (!existsSync(file("key"))) return undefined;
    const read = (ending: string) => readFileSync(file(ending), "utf8");
    return { chain: read("crt"), key: read("key") };
  }

  /** Path of the pair in use. */
  get pair(): string {
    return join(this.root, STORE, readlinkSync(join(this.root, STORE, "current")));
  }

  stored = (): string[] => readdirSync(join(this.root, STORE)).sort();

  status = (): CertificateStatus =>
    JSON.parse(readFileSync(join(this.root, "run/fleet/certificate.json"), "utf8")) as CertificateStatus;

  /** Commands that Docker was given for a container, in order. */
  told(): string[] {
    const path = join(this.folder, "calls");
    const calls = existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n") : [];
    return calls.filter((call) => call.startsWith("exec"));
  }

  /** Runs prosodyctl for the brewery's configuration, as it runs. */
  prosodyctl(...words: string[]): { readonly status: number | null; readonly stdout: string } {
    const config = join(this.folder, "prosody-brewery/run/prosody/config/prosody.cfg.lua");
    const { status, stdout } = spawnSync("prosodyctl", ["--config", config, ...words], { encoding: "utf8" });
    return { status, stdout };
  }

  private follow(child: ChildProcess): ChildProcess {
    this.running.add(child);
    child.on("exit", () => this.running.delete(child));
    return child;
  }

  /** A container's id is its service's name; a script of it finds the container's paths where they stand. */
  private docker(): string {
    return `#!/bin/bash
echo "\${*//$'\\n'/ }" >> ${this.folder}/calls
[ ! -e ${this.folder}/away ] || { echo "Cannot connect to the Docker daemon" >&2; exit 1; }
case "$*" in
"ps "*)
  [[ "$*" =~ compose.service=([a-z-]+) ]]; service=\${BASH_REMATCH[1]}
  [ ! -e ${this.folder}/$service/pid ] || ! kill -0 "$(<${this.folder}/$service/pid)" 2>&- || echo $service ;;
"exec --user 1000 "*" sh -c "*)
  script=$(sed -E 's#( "?)/certificates/#\\1${this.root}/${STORE}/#g; s#( )/(config|run|storage)/#\\1${this.folder}/'$4'/\\2/#g' <<< "$7")
  exec sh -c "$script" "\${@:8}" ;;
*) echo "unknown command: docker $*" >&2; exit 125 ;;
esac
`;
  }

  /** What the images do before they start their program. */
  private init(service: Service): string {
    const box = join(this.folder, service);
    return service === "web"
      ? `#!/bin/sh
mkdir -p ${box}/run/web/config/nginx ${box}/tmp ${box}/storage/keys
cp -rf ${box}/config/. ${box}/run/web/config
# As uid 1000, which cannot write to what is read-only for it; the image goes on with the pair of before.
[ -e ${box}/storage/keys/cert.key ] && [ "$(stat -c %a ${box}/storage/keys/cert.key)" = 400 ] ||
  cp ${box}/config/keys/cert.crt ${box}/config/keys/cert.key ${box}/storage/keys/
cp ${box}/nginx.conf ${box}/run/web/config/nginx/
exec nginx -c ${box}/run/web/config/nginx/nginx.conf
`
      : `#!/bin/sh
mkdir -p ${box}/run/prosody/config ${box}/data
cp -rf ${box}/config/. ${box}/run/prosody/config
cp ${box}/prosody.cfg.lua ${box}/run/prosody/config/
exec prosody --config ${box}/run/prosody/config/prosody.cfg.lua -F
`;
  }

  private prosodyConfig(): string {
    const box = join(this.folder, "prosody-brewery");
    const certs = `${box}/run/prosody/config/certs/${HOST}`;
    return `${process.getuid?.() === 0 ? 'run_as_root = true\nprosody_user = "root"\nprosody_group = "root"\n' : ""}
pidfile = "${box}/prosody.pid"
data_path = "${box}/data"
log = { { levels = { min = "info" }, to = "file", filename = "${box}/prosody.log" } }
modules_enabled = { "saslauth", "tls", "disco", "ping", "posix" }
modules_disabled = { "s2s" }
interfaces = { "127.0.0.1" }
c2s_ports = { ${this.ports["prosody-brewery"]} }
c2s_require_encryption = true
VirtualHost "${HOST}"
  authentication = "internal_hashed"
  ssl = { certificate = "${certs}.crt", key = "${certs}.key" }
Component "muc.jvb.meet.jitsi" "muc"
`;
  }

  private nginxConfig(): string {
    const box = join(this.folder, "web");
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (kind) => `${kind}_temp_path ${box}/tmp/${kind};`,
    );
    return `daemon off;
pid ${box}/nginx.pid;
error_log ${box}/error.log;
events {}
http {
  access_log off;
  ${temporary.join("\n  ")}
  server {
    listen 127.0.0.1:${this.ports.web} ssl;
    ssl_certificate ${box}/storage/keys/cert.crt;
    ssl_certificate_key ${box}/storage/keys/cert.key;
    location / { return 204; }
  }
}
`;
  }
}
